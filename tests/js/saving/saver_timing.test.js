import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { settled } from "../fakes.js";
import { ACCEPTED, kept, openPage, saver, server, state, type } from "./saver_page.js";

// --- when it saves ------------------------------------------------------------------------------

test("a save leaves 1.5 seconds after the last key", () => {
  type("a");
  mock.timers.tick(1_400);
  type("ab");
  mock.timers.tick(1_499);
  assert.equal(server.length, 0);
  mock.timers.tick(1);
  assert.deepEqual(server.map(({ text, cause }) => [text, cause]), [["ab", "auto"]]);
});

test("typing without a pause is saved 10 seconds after the first unsaved key", () => {
  for (let second = 1; second <= 10; second++) {
    type("x".repeat(second));
    mock.timers.tick(1_000);
  }
  assert.deepEqual(server.map(({ text }) => text), ["x".repeat(10)]);
});

test("a save carries what the server's protocol needs, and no old token", () => {
  type("a");
  saver.flush("auto");
  const [{ url, position, revision, writer, sequence, keepalive, csrfmiddlewaretoken }] = server;
  assert.deepEqual([url, position, revision, sequence], ["/save/", "1", "3", "1"]);
  assert.equal(writer, "me");
  assert.equal(keepalive, true);
  assert.equal(csrfmiddlewaretoken, undefined);
});

test("leaving the box saves at once, when there is something to save", () => {
  saver.box.dispatchEvent(new Event("blur"));
  assert.equal(server.length, 0);
  type("a");
  saver.box.dispatchEvent(new Event("blur"));
  assert.equal(server.length, 1);
});

test("text typed before the scripts were there is saved", () => {
  openPage("typed early", { stored: "" });
  mock.timers.tick(1_500);
  assert.deepEqual(server.map(({ text }) => text), ["typed early"]);
});

test("text that is typed and taken back is not sent", () => {
  type("a");
  type("");
  mock.timers.tick(20_000);
  assert.equal(server.length, 0);
  assert.equal(state(), "new");
  assert.deepEqual(kept(), []);
});

// --- one on its way, one waits ------------------------------------------------------------------

test("while a save is on its way the newest text waits, and starts from the new revision", async () => {
  type("a");
  saver.flush("auto");
  type("ab");
  saver.flush("auto");
  type("abc");
  saver.flush("auto");
  assert.equal(server.length, 1);
  await server[0].answer(200, ACCEPTED);
  assert.deepEqual(server.map(({ text, revision, sequence }) => [text, revision, sequence]), [
    ["a", "3", "1"],
    ["abc", "4", "2"],
  ]);
});

test("a save at the bell keeps its cause while it waits", async () => {
  type("a");
  saver.flush("auto");
  type("ab");
  saver.flush("bell");
  saver.flush("auto");
  await server[0].answer(200, ACCEPTED);
  assert.equal(server[1].cause, "bell");
});

test("flush resolves only when the text that waited has been answered", async () => {
  type("a");
  saver.flush("auto");
  type("ab");
  let isDone = false;
  saver.flush("bell").then(() => (isDone = true));
  await server[0].answer(200, ACCEPTED);
  assert.equal(isDone, false);
  await server[1].answer(200, { ...ACCEPTED, revision: 5 });
  assert.equal(isDone, true);
});

test("a page that is hidden does not let newer text wait", () => {
  type("a");
  saver.flush("auto");
  type("ab");
  document.dispatchEvent(new Event("visibilitychange"));
  assert.deepEqual(server.map(({ text, sequence }) => [text, sequence]), [
    ["a", "1"],
    ["ab", "2"],
  ]);
});

test("a page that is hidden sends nothing twice", () => {
  type("a");
  saver.flush("auto");
  document.dispatchEvent(new Event("visibilitychange"));
  window.dispatchEvent(new Event("pagehide"));
  assert.equal(server.length, 1);
});

// --- text without an event ----------------------------------------------------------------------

test("a text that came without an event is found, kept and saved", async () => {
  saver.box.value = "dictated";
  saver.answer.look();
  assert.equal(state(), "unsaved");
  await settled();
  assert.deepEqual(kept(), ["dictated"]);
  mock.timers.tick(1_500);
  assert.equal(server[0].text, "dictated");
  saver.answer.look();
  mock.timers.tick(1_500);
  assert.equal(server.length, 1);
});
