import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { settled } from "../fakes.js";
import { ACCEPTED, kept, saver, server, state, told, type } from "./saver_page.js";
import { setOption } from "../../../static/js/storage/options.js";

const CONFLICT = { ...ACCEPTED, verdict: "conflict", stored: "theirs", revision: 9 };

async function conflict() {
  type("mine");
  saver.flush("auto");
  await server[0].answer(409, CONFLICT);
}

test("a conflict shows both texts, and nothing is sent until the person chooses", async () => {
  await conflict();
  assert.equal(state(), "conflict");
  assert.deepEqual(told("conflict"), ["theirs"]);
  type("mine, and more");
  mock.timers.tick(20_000);
  assert.equal(server.length, 1);
  await settled();
  assert.deepEqual(kept(), ["mine, and more"]);
});

test("choosing the own text sends it as chosen", async () => {
  await conflict();
  saver.choose("mine");
  assert.deepEqual([server[1].text, server[1].cause], ["mine", "chosen"]);
  await server[1].answer(200, { ...ACCEPTED, revision: 10 });
  assert.equal(state(), "saved");
});

test("choosing the other text needs no request, because the server keeps the own one", async () => {
  await conflict();
  await saver.choose("other");
  await settled();
  assert.equal(server.length, 1);
  assert.deepEqual([saver.box.value, saver.answer.revision, state()], ["theirs", 9, "saved"]);
  assert.deepEqual(kept(), []);
});

test("what was written while the choice was open is sent before the box changes", async () => {
  await conflict();
  type("mine, and more");
  const chosen = saver.choose("other");
  assert.equal(server[1].text, "mine, and more");
  assert.equal(saver.box.value, "mine, and more");
  await server[1].answer(409, CONFLICT);
  await chosen;
  await settled();
  assert.equal(saver.box.value, "theirs");
  assert.deepEqual(kept(), []);
});

test("where that cannot be sent, this browser keeps it", async () => {
  await conflict();
  type("mine, and more");
  const chosen = saver.choose("other");
  await server[1].fail();
  await chosen;
  await settled();
  assert.equal(saver.box.value, "theirs");
  assert.deepEqual(kept(), ["mine, and more"]);
});

test("there it stays, whatever is typed into the box afterwards", async () => {
  await conflict();
  type("mine, and more");
  const chosen = saver.choose("other");
  await server[1].fail();
  await chosen;
  type("theirs, and on");
  await settled();
  assert.deepEqual(kept(), ["mine, and more", "theirs, and on"]);
});

test("a proxy's page is no sign that the server keeps it", async () => {
  await conflict();
  type("mine, and more");
  const chosen = saver.choose("other");
  await server[1].replyWith(new Response("<h1>Maintenance"));
  await chosen;
  await settled();
  assert.deepEqual(kept(), ["mine, and more"]);
});

test("a text that would be nowhere is not replaced; the choice stays open", async () => {
  await conflict();
  setOption("mirror", false);
  type("mine, and more");
  const chosen = saver.choose("other");
  await server[1].fail();
  await chosen;
  assert.equal(saver.box.value, "mine, and more");
  assert.deepEqual(told("conflict"), ["theirs", "theirs"]);
});
