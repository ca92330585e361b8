import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { ACCEPTED, kept, openPage, saver, server, state, told, type } from "./saver_page.js";
import { isWorthRetrying, notSavedMessage } from "../../static/js/saver.js";
import { unsavedOf } from "../../static/js/unsaved.js";

// --- what the server answers --------------------------------------------------------------------

test("it says saved when the server has answered, and forgets the browser's copy", async () => {
  type("a");
  saver.flush("auto");
  assert.equal(state(), "saving");
  assert.deepEqual(kept(), ["a"]);
  await server[0].answer(200, ACCEPTED);
  assert.equal(state(), "saved");
  assert.deepEqual(kept(), []);
  assert.equal(saver.revision, 4);
});

test("an answer to an older text leaves the newer one unsaved and kept", async () => {
  type("a");
  saver.flush("auto");
  type("ab");
  await server[0].answer(200, ACCEPTED);
  assert.equal(state(), "unsaved");
  assert.deepEqual(unsavedOf("a").map(({ revision, text }) => [revision, text]), [[4, "ab"]]);
});

test("an emptied box is not called saved when the server keeps the answer", async () => {
  openPage("an answer");
  type("");
  saver.flush("auto");
  await server[0].answer(200, { ...ACCEPTED, verdict: "not-emptied" });
  assert.equal(state(), "unsaved");
});

test("when the question is closed the page looks where the attempt is", async () => {
  type("a");
  saver.flush("bell");
  await server[0].answer(200, { ...ACCEPTED, open: false });
  assert.equal(told("closed").length, 1);
});

test("text that came too late is kept by the server, and nothing more is sent", async () => {
  type("a");
  saver.flush("auto");
  await server[0].answer(410);
  assert.equal(state(), "late");
  assert.deepEqual(kept(), []);
  assert.equal(told("closed").length, 1);
  type("ab");
  mock.timers.tick(20_000);
  assert.equal(server.length, 1);
  assert.deepEqual(kept(), ["ab"]); // the result page sends it
});

for (const status of [401, 403]) {
  test(`${status} asks to log in; the text stays and goes out afterwards`, async () => {
    type("a");
    saver.flush("auto");
    await server[0].answer(status);
    assert.equal(told("loggedOut").length, 1);
    assert.equal(state(), status === 401 ? "logged-out" : "unsaved");
    assert.deepEqual(kept(), ["a"]);
    saver.flush("auto");
    assert.deepEqual(server.map(({ text }) => text), ["a", "a"]);
  });
}

test("a text that the server refuses is not sent again until it changes", async () => {
  type("too long");
  saver.flush("auto");
  await server[0].answer(422, { message: "Too long." });
  assert.equal(state(), "too-long");
  assert.deepEqual(told("refused"), ["Too long."]);
  mock.timers.tick(60_000);
  assert.equal(server.length, 1);
  type("short");
  mock.timers.tick(1_500);
  await server[1].answer(200, ACCEPTED);
  assert.deepEqual(told("refused").at(-1), "");
  assert.equal(state(), "saved");
});

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

test("a reply of a busy or broken server counts as a failure", async () => {
  assert.deepEqual([500, 503, 408, 429].map(isWorthRetrying), [true, true, true, true]);
  assert.deepEqual([200, 401, 409, 410, 413, 422].map(isWorthRetrying), Array(6).fill(false));
  type("a");
  saver.flush("auto");
  await server[0].answer(503);
  mock.timers.tick(1_000);
  assert.equal(server.length, 2);
});

test("offline it says so, and sends when the connection is back", async () => {
  type("a");
  navigator.onLine = false;
  window.dispatchEvent(new Event("offline"));
  assert.equal(state(), "offline");
  navigator.onLine = true;
  window.dispatchEvent(new Event("online"));
  assert.equal(server.length, 1);
});

test("what it says of unsaved text promises a copy only where there is one", () => {
  const messages = [];
  for (const isOnline of [true, false]) {
    assert.match(notSavedMessage({ isOnline, isKept: true }), /kept in this browser/);
    assert.doesNotMatch(notSavedMessage({ isOnline, isKept: false }), /kept/);
    messages.push(notSavedMessage({ isOnline, isKept: false }));
  }
  assert.notEqual(...messages);
});
