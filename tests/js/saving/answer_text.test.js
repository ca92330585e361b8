import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { disk, emptyStorage, settled, withoutStorage } from "../fakes.js";
import { AnswerText } from "../../../static/js/saving/answer-text.js";

beforeEach(emptyStorage);

// The text of a box that holds `value`; the server has `stored`, as revision 3.
function textWith(value, stored = value) {
  const text = Object.assign(new EventTarget(), { value, defaultValue: stored });
  const fields = { position: { value: "1" }, revision: { value: "3" }, writer: {}, sequence: {} };
  let sequence = 0;
  const page = { attempt: "a", writer: "me", nextSequence: () => ++sequence, lastSequence: () => sequence };
  return new AnswerText({ elements: { text, ...fields } }, page, () => {});
}

const copies = () => [...disk.entries.values()].map(({ text, revision, sequence }) => [text, revision, sequence]);

test("a copy in this browser has what a later save of it needs", async () => {
  const answer = textWith("mine", "");
  answer.stamp();
  await answer.copy();
  assert.deepEqual([copies(), answer.isCopied], [[["mine", 3, 1]], true]);
  answer.box.value = "mine, too";
  assert.equal(answer.isCopied, false);
});

test("what the server has is forgotten here, but not what was written since", async () => {
  const answer = textWith("one", "");
  await answer.copy();
  answer.box.value = "one two";
  await answer.copy();
  answer.serverHas("one", 4);
  await settled();
  assert.deepEqual([answer.stored, answer.revision, copies().length], ["one", 4, 1]);
  answer.serverHas("one two", 5);
  await settled();
  assert.deepEqual([answer.isStored, copies()], [true, []]);
});

test("each form that is sent has the revision and a number of its own", () => {
  const answer = textWith("one", "");
  assert.deepEqual([answer.stamp(), answer.stamp()], [1, 2]);
  answer.serverHas("one", 4);
  assert.deepEqual(answer.press(), { writer: "me", sequence: 3, revision: 4 });
  const { revision, sequence, writer } = answer.form.elements;
  assert.deepEqual([revision.value, sequence.value, writer.value], [4, 3, "me"]);
});

test("only the reply that names the text of the button tells that the server has it", () => {
  const answer = textWith("one", "");
  assert.equal(answer.tookFromButton("me:1:3"), false);
  answer.press();
  for (const receipt of [null, "me:2:3", "you:1:3", "me:1:2"]) assert.equal(answer.tookFromButton(receipt), false);
  assert.equal(answer.isStored, false);
  assert.equal(answer.tookFromButton("me:1:3"), true);
  assert.equal(answer.isStored, true);
});

const AT_STAKE = [
  // what, the box, what the server has, what it keeps, whether it would be nowhere without storage
  ["a new text", "one", "", null, true],
  ["the stored answer", "one", "one", null, false],
  ["a kept text", "one", "theirs", "one", false],
  ["an empty box", " \n", "one", null, false],
];

for (const [what, value, stored, kept, isAtStake] of AT_STAKE) {
  test(`${what} is ${isAtStake ? "" : "not "}at stake where this browser stores nothing`, async () => {
    const answer = Object.assign(textWith(value, stored), { kept });
    await withoutStorage(() => assert.equal(answer.isAtStake(), isAtStake));
    await settled();
  });
}

test("a text that this browser can store is not at stake", () => {
  assert.equal(textWith("one", "").isAtStake(), false);
});

for (const isSent of [true, false]) {
  test(`the server's text replaces one that was ${isSent ? "" : "not "}sent; its copy ${isSent ? "goes" : "stays"}`, async () => {
    const answer = textWith("mine", "");
    await answer.copy();
    answer.replaceBy({ text: "theirs", revision: 9 }, isSent);
    await settled();
    assert.deepEqual([answer.value, answer.isStored, answer.revision], ["theirs", true, 9]);
    answer.box.value = "theirs, and on";
    await answer.copy();
    assert.deepEqual(copies().map(([text]) => text), isSent ? ["theirs, and on"] : ["mine", "theirs, and on"]);
  });
}

test("a text that came without an event makes one, once", async () => {
  const answer = textWith("typed early", "");
  let times = 0;
  answer.box.addEventListener("input", () => (times += 1) && answer.copy());
  answer.look();
  answer.look();
  assert.equal(times, 1);
  await settled();
});
