import assert from "node:assert/strict";
import { test } from "node:test";

import { define, ownReply } from "../fakes.js";

document.querySelectorAll = () => [];
const alert = { textContent: "", hidden: true };
document.getElementById = () => alert;
document.querySelector = () => assert.fail("nobody is asked to log in without cookies");
const { COOKIES_NEEDED, refusesCookies } = await import("../../../static/js/page/cookies.js");
const { Login, refusalOf } = await import("../../../static/js/room/login.js");

// A browser's document.cookie: takes one cookie at a time, deletes by Max-Age=0, or refuses all.
function browser(cookies, { isRefusing = false, isClosed = false } = {}) {
  const kept = new Map(Object.entries(cookies));
  Object.defineProperty(document, "cookie", {
    configurable: true,
    get() {
      if (isClosed) throw new Error("SecurityError");
      return [...kept].map((pair) => pair.join("=")).join("; ");
    },
    set(text) {
      if (isClosed) throw new Error("SecurityError");
      if (isRefusing) return;
      const [name, value] = text.split(";")[0].split("=");
      if (text.includes("Max-Age=0")) kept.delete(name);
      else kept.set(name, value);
    },
  });
  return kept;
}

for (const [cookies, how, refuses] of [
  [{ csrftoken: "abc" }, {}, false],
  [{}, {}, false],
  [{ other: "1" }, {}, false],
  [{}, { isRefusing: true }, true],
]) {
  test(`cookies ${JSON.stringify(cookies)} ${JSON.stringify(how)}`, () => {
    const kept = browser(cookies, how);
    assert.equal(refusesCookies(), refuses);
    assert.deepEqual(Object.fromEntries(kept), cookies); // nothing of the question is left
  });
}

test("without cookies no log-in is asked for, and the page says what is missing", async () => {
  browser({}, { isRefusing: true });
  define("fetch", async () => ownReply(401));
  const login = new Login(
    () => ({ clockUrl: "/clock/", guestPass: "", returnUrl: "/return/" }),
    () => assert.fail("nobody is logged in"),
  );
  await login.require({ isPressed: true });
  assert.equal(alert.textContent, COOKIES_NEEDED);
  assert.equal(alert.hidden, false);
});

test("a log-in that was refused for lack of cookies says so", async () => {
  const refused = () => ownReply(403);
  browser({}, { isRefusing: true });
  assert.equal(await refusalOf(refused()), COOKIES_NEEDED);
  browser({ csrftoken: "abc" });
  assert.notEqual(await refusalOf(refused()), COOKIES_NEEDED);
});
