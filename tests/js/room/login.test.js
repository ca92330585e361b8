import assert from "node:assert/strict";
import { test } from "node:test";

import { define, ownReply } from "../fakes.js";

document.querySelectorAll = () => [];
const alert = { textContent: "", hidden: true };
document.getElementById = () => alert;
const { Login, refusalOf } = await import("../../../static/js/room/login.js");

const page = () => ({ clockUrl: "/clock/", guestPass: "pass", returnUrl: "/return/" });

// Answers the addresses from a table; returns the list of what was asked.
function serve(replies) {
  const asked = [];
  define("fetch", async (url, { method = "GET" } = {}) => {
    asked.push(`${method} ${url}`);
    return replies[url]();
  });
  return asked;
}

test("a log-in that worked has no refusal", async () => {
  assert.equal(await refusalOf(ownReply(200, { location: "/" })), "");
});

test("every other reply to a log-in has a reason of its own", async () => {
  const replies = [ownReply(400), ownReply(429), ownReply(500), ownReply(200, { location: "/accounts/2fa/authenticate/" })];
  const reasons = await Promise.all(replies.map(refusalOf));
  assert.equal(new Set(reasons.filter(Boolean)).size, 4);
});

const NO_LOG_IN = {
  "JSON of another kind": ownReply(200, { ok: true }),
  "JSON without an object": ownReply(200, [1]),
  "a page of ours": ownReply(200, "<p>Log in"),
};

for (const [what, reply] of Object.entries(NO_LOG_IN)) {
  test(`${what} does not log anybody in`, async () => assert.notEqual(await refusalOf(reply), ""));
}

test("the page of a proxy does not log anybody in, nor says why not", async () => {
  for (const status of [200, 400, 429]) await assert.rejects(refusalOf(new Response("<h1>Welcome", { status })));
});

test("a page that the server still knows goes on at once", async () => {
  const asked = serve({ "/clock/": () => ownReply(200, { running: true }) });
  let count = 0;
  await new Login(page, () => count++).require();
  assert.deepEqual([asked, count], [["GET /clock/"], 1]);
});

test("a guest without cookies comes back by the pass of the page", async () => {
  const asked = serve({ "/clock/": () => ownReply(401, "logged out"), "/return/": () => ownReply(204, "") });
  let count = 0;
  const login = new Login(page, () => count++);
  await Promise.all([login.require(), login.require()]);
  assert.deepEqual([asked, count], [["GET /clock/", "POST /return/"], 1]);
});

test("the page of a proxy is not taken for being known, nor for the way back", async () => {
  for (const foreign of [{ "/clock/": 1 }, { "/return/": 1 }]) {
    serve({
      "/clock/": () => (foreign["/clock/"] ? new Response("<h1>Welcome") : ownReply(401, "logged out")),
      "/return/": () => new Response("<h1>Welcome"),
    });
    let count = 0;
    const login = new Login(page, () => count++);
    login.ask = async () => false; // the dialog is put off
    await login.require();
    assert.equal(count, 0);
  }
});
