import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { disk, settled } from "../fakes.js";
import { ACCEPTED, kept, message, openPage, saver, server, state, told, type } from "./saver_page.js";

test("it says saved when the server has answered, and forgets the browser's copy", async () => {
  type("a");
  saver.flush("auto");
  assert.equal(state(), "saving");
  await settled();
  assert.deepEqual(kept(), ["a"]);
  await server[0].answer(200, ACCEPTED);
  assert.equal(state(), "saved");
  assert.deepEqual(kept(), []);
  assert.equal(saver.answer.revision, 4);
});

test("an answer to an older text leaves the newer one unsaved and kept", async () => {
  type("a");
  saver.flush("auto");
  type("ab");
  await server[0].answer(200, ACCEPTED);
  assert.equal(state(), "unsaved");
  assert.deepEqual([...disk.entries.values()].map(({ revision, text }) => [revision, text]), [[4, "ab"]]);
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
  await server[0].answer(410, { ...ACCEPTED, verdict: "late" });
  assert.equal(state(), "late");
  assert.deepEqual(kept(), []);
  assert.equal(told("closed").length, 1);
  type("ab");
  mock.timers.tick(20_000);
  assert.equal(server.length, 1);
  await settled();
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
