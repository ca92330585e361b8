import assert from "node:assert/strict";
import { test } from "node:test";

import { define } from "./fakes.js";

document.querySelectorAll = () => [];
const alert = { textContent: "", hidden: true };
document.getElementById = () => alert;
const { Login, refusalOf } = await import("../../static/js/login.js");

const reply = (status, result = {}) => ({ status, ok: status === 200, json: async () => result });
const page = () => ({ clockUrl: "/clock/", guestPass: "pass", returnUrl: "/return/" });

// Answers the addresses from a table; returns the list of what was asked.
function serve(replies) {
  const asked = [];
  define("fetch", async (url, { method = "GET" } = {}) => {
    asked.push(`${method} ${url}`);
    return reply(replies[url]);
  });
  return asked;
}

test("a log-in that worked has no refusal", async () => {
  assert.equal(await refusalOf(reply(200, { location: "/" })), "");
  assert.equal(await refusalOf(reply(200)), "");
});

test("every other reply to a log-in has a reason of its own", async () => {
  const replies = [reply(400), reply(429), reply(500), reply(200, { location: "/accounts/2fa/authenticate/" })];
  const reasons = await Promise.all(replies.map(refusalOf));
  assert.equal(new Set(reasons.filter(Boolean)).size, 4);
});

test("a page that the server still knows goes on at once", async () => {
  const asked = serve({ "/clock/": 200 });
  let count = 0;
  await new Login(page, () => count++).require();
  assert.deepEqual([asked, count], [["GET /clock/"], 1]);
});

test("a guest without cookies comes back by the pass of the page", async () => {
  const asked = serve({ "/clock/": 401, "/return/": 200 });
  let count = 0;
  const login = new Login(page, () => count++);
  await Promise.all([login.require(), login.require()]);
  assert.deepEqual([asked, count], [["GET /clock/", "POST /return/"], 1]);
});
