import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { disk, withoutStorage } from "../fakes.js";
import { ACCEPTED, kept, said, saver, server, told, type } from "./saver_page.js";
import { setOption } from "../../../static/js/storage/options.js";

// --- leaving the page ---------------------------------------------------------------------------

// Returns whether the browser would ask.
const leave = () => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));

test("a page whose text this browser keeps goes without a question", () => {
  type("a");
  assert.equal(leave(), false);
  assert.equal(Object.keys(localStorage).filter((key) => key.startsWith("unsaved:")).length, 1);
});

test("a page whose text is on the server goes without a question", async () => {
  setOption("mirror", false);
  assert.equal(leave(), false);
  type("a");
  saver.flush("auto");
  await server[0].answer(200, ACCEPTED);
  assert.equal(leave(), false);
  type("");
  assert.equal(leave(), false); // an empty box is no text
});

test("a page whose text would be nowhere asks", () => {
  setOption("mirror", false);
  type("a");
  assert.equal(leave(), true);
  saver.box.value = "by an extension";
  assert.equal(leave(), true);
});

test("where the browser refuses to store it, the page asks", async () => {
  await withoutStorage(async () => {
    disk.isFull = true;
    type("a");
    assert.equal(leave(), true);
    disk.isFull = false;
  });
});

test("a question that was left asks nothing, and hands over a text that would be nowhere", () => {
  setOption("mirror", false);
  type("a");
  saver.leave();
  saver.leave();
  assert.deepEqual(told("stranded"), [1]);
  assert.equal(leave(), false);
});

// --- leaving the question -----------------------------------------------------------------------

test("a question that was left sends nothing more and says nothing", async () => {
  type("a");
  saver.leave();
  mock.timers.tick(20_000);
  assert.equal(server.length, 0);
});

test("a save that is on its way when the question is left still clears the browser's copy", async () => {
  type("a");
  saver.flush("auto");
  saver.leave();
  const before = said.length;
  await server[0].answer(200, ACCEPTED);
  assert.deepEqual(kept(), []);
  assert.equal(said.length, before);
});

test("a reply that comes when another question has replaced the box says nothing", async () => {
  type("a");
  saver.flush("auto");
  saver.box.isConnected = false;
  const before = said.length;
  await server[0].answer(200, ACCEPTED);
  assert.equal(said.length, before);
});
