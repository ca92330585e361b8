import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { disk, ownReply, settled } from "../fakes.js";
import { ACCEPTED, kept, message, saver, server, state, told, type } from "./saver_page.js";

// --- failures -----------------------------------------------------------------------------------

test("a save that fails is tried again after 1, 2, 4, 8 and 8 seconds", async () => {
  type("a");
  saver.flush("auto");
  for (const [tries, pause] of [1_000, 2_000, 4_000, 8_000, 8_000].entries()) {
    await server[tries].fail();
    assert.equal(state(), "unsaved");
    mock.timers.tick(pause - 1);
    assert.equal(server.length, tries + 1);
    mock.timers.tick(1);
    assert.equal(server.length, tries + 2);
  }
  assert.deepEqual(told("reached"), [false, false, false, false, false]);
  await server[5].answer(200, ACCEPTED);
  assert.equal(told("reached").at(-1), true);
  assert.equal(state(), "saved");
});

test("after a failure the text is sent again even if it was taken back meanwhile", async () => {
  type("a");
  saver.flush("auto");
  await server[0].fail();
  type("");
  mock.timers.tick(1_500);
  assert.equal(server[1].text, "");
});

test("the save at the bell that waited behind a failure keeps its cause", async () => {
  type("a");
  saver.flush("auto");
  saver.flush("bell");
  await server[0].fail();
  mock.timers.tick(1_000);
  assert.equal(server[1].cause, "bell");
});

for (const status of [500, 503, 408, 429]) {
  test(`${status} of a busy or broken server counts as a failure`, async () => {
    type("a");
    saver.flush("auto");
    await server[0].answer(status);
    mock.timers.tick(1_000);
    assert.equal(server.length, 2);
  });
}

test("offline it says so, and sends when the connection is back", async () => {
  type("a");
  navigator.onLine = false;
  window.dispatchEvent(new Event("offline"));
  assert.equal(state(), "offline");
  navigator.onLine = true;
  window.dispatchEvent(new Event("online"));
  assert.equal(server.length, 1);
});

// --- replies that are no acknowledgement ----------------------------------------------------------

const html = { "Content-Type": "text/html" };
const NO_ANSWER = {
  "a maintenance page with 200": () => new Response("<h1>Maintenance", { status: 200, headers: html }),
  "a reply cut off after its headers": () =>
    new Response("", { headers: { "X-Own-Reply": "90", "Content-Type": "application/json" } }),
  "JSON of another kind": () => ownReply(200, { status: "ok" }),
  "an empty reply of ours": () => ownReply(200, ""),
  "a page of ours": () => ownReply(200, "<h1>Log in"),
  "the answer to another save": () => ownReply(200, { ...ACCEPTED, has: "me:9:1" }),
  "the answer to a part of the text": () => ownReply(200, { ...ACCEPTED, has: "me:1:0" }),
  "an answer without a revision": () => ownReply(200, { ...ACCEPTED, has: "me:1:1", revision: undefined }),
  "a portal's 401": () => new Response("<h1>Pay here", { status: 401, headers: html }),
  "a portal's 403": () => new Response("<h1>Pay here", { status: 403, headers: html }),
  "a proxy's 404": () => new Response("not found", { status: 404, headers: html }),
  "a proxy's 409": () => new Response("conflict", { status: 409, headers: html }),
  "a proxy's 410": () => new Response("gone", { status: 410, headers: html }),
  "a proxy's 422": () => new Response("no", { status: 422, headers: html }),
};

for (const [what, reply] of Object.entries(NO_ANSWER)) {
  test(`${what} is a failure: text, copy and revision stay, and it is sent again`, async () => {
    type("a");
    saver.flush("auto");
    await server[0].replyWith(reply());
    assert.equal(state(), "unsaved");
    assert.deepEqual([kept(), saver.answer.revision, saver.box.value], [["a"], 3, "a"]);
    assert.deepEqual([told("loggedOut"), told("closed"), told("reached")], [[], [], [false]]);
    mock.timers.tick(1_000);
    assert.deepEqual([server[1].text, server[1].revision], ["a", "3"]);
    await server[1].answer(200, ACCEPTED);
    assert.deepEqual([state(), saver.answer.revision, kept()], ["saved", 4, []]);
  });
}

test("a question that was left keeps its text where the reply is none", async () => {
  type("a");
  saver.flush("auto");
  saver.leave();
  await server[0].replyWith(new Response("<h1>Maintenance"));
  assert.deepEqual(kept(), ["a"]);
});

test("a body too long for a proxy is refused, not sent again and again", async () => {
  type("a");
  saver.flush("auto");
  await server[0].replyWith(new Response("too large", { status: 413 }));
  assert.equal(state(), "too-long");
  mock.timers.tick(60_000);
  assert.equal(server.length, 1);
  assert.deepEqual(kept(), ["a"]);
});

test("a button's text is saved when the reply names it, and only then", async () => {
  type("a");
  const { sequence } = saver.answer.press();
  for (const receipt of [null, "me:0:1", `you:${sequence}:1`, `me:${sequence}:2`]) saver.tookFromButton(receipt);
  await settled();
  assert.deepEqual([saver.isDirty, kept()], [true, ["a"]]);
  saver.tookFromButton(`me:${sequence}:1`);
  await settled();
  assert.deepEqual([saver.isDirty, kept()], [false, []]);
});

// --- what it says of the copy in this browser ---------------------------------------------------

test("it says that the text is kept when it is on the disk, not before", async () => {
  disk.waiting = [];
  type("a");
  saver.flush("auto");
  await server[0].fail();
  assert.doesNotMatch(message(), /kept/);
  disk.waiting.shift()();
  await settled();
  mock.timers.tick(500);
  assert.match(message(), /kept in this browser/);
  type("ab");
  assert.doesNotMatch(message(), /kept/);
});
