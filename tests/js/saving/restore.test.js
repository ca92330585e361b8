import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { disk, emptyStorage, settled } from "../fakes.js";
import { continues, restoreUnsaved } from "../../../static/js/saving/restore.js";
import { UnsavedText } from "../../../static/js/storage/unsaved.js";

beforeEach(emptyStorage);

const CONTINUES = [
  // box, stored, revision; the entry's text and revision
  ["a longer state of the text in the box", ["One", "One", 3], ["One, two", 3], true],
  ["an empty box", ["", "", 0], ["One", 0], true],
  ["a rewrite that started from the stored answer", ["One", "One", 3], ["Two", 3], true],
  ["a rewrite of an older answer", ["One", "One", 4], ["Two", 3], false],
  ["another text than the one being typed", ["One, typed", "One", 3], ["Two", 3], false],
];

for (const [what, [value, stored, revision], [text, from], expected] of CONTINUES) {
  test(`${what} ${expected ? "continues" : "does not continue"} the box`, () => {
    assert.equal(continues({ text, revision: from }, { value, stored, revision }), expected);
  });
}

// A saver whose box holds `value`, which is also what the server has.
function saverWith(value, { position = 1, revision = 0 } = {}) {
  const box = Object.assign(new EventTarget(), { value, focus() {} });
  const entry = new UnsavedText("a", position);
  const flushed = [];
  const answer = { position, revision, stored: value, entry, copy: async () => true };
  Object.defineProperty(answer, "value", { get: () => box.value });
  return { answer, box, hasLeft: false, flushed, flush: (cause) => flushed.push(cause) };
}

const kept = () => [...disk.entries.values()].map(({ text }) => text);
const keepOf = (position, text) => new UnsavedText("a", position).keep({ revision: 0, text });
const ofAnotherTab = (text) => disk.entries.set("unsaved:a:1:othertab:1", { key: "unsaved:a:1:othertab:1", revision: 0, text });

const room = { dataset: { attempt: "a" } };

test("what this tab had in the box goes back without asking, and is saved", async () => {
  await keepOf(1, "half a sen");
  const saver = saverWith("");
  await restoreUnsaved(room, saver);
  await settled();
  assert.equal(saver.box.value, "half a sen");
  assert.deepEqual(saver.flushed, ["auto"]);
  assert.deepEqual(kept(), []);
});

test("the entry stays where the box could not be kept", async () => {
  await keepOf(1, "half a sen");
  const saver = saverWith("");
  saver.answer.copy = async () => false;
  await restoreUnsaved(room, saver);
  await settled();
  assert.deepEqual(kept(), ["half a sen"]);
});

test("a text that the box holds and the server does not have stays until the box is kept", async () => {
  await keepOf(1, "One");
  const saver = saverWith("One");
  Object.assign(saver.answer, { stored: null, copy: async () => false });
  await restoreUnsaved(room, saver);
  await settled();
  assert.deepEqual([saver.box.value, kept()], ["One", ["One"]]);
});

test("a text that the server already has is forgotten", async () => {
  await keepOf(1, "One");
  const saver = saverWith("Zero. One. Two.");
  await restoreUnsaved(room, saver);
  await settled();
  assert.deepEqual([saver.box.value, saver.flushed, kept()], ["Zero. One. Two.", [], []]);
});

test("texts of other questions stay for their own pages", async () => {
  await keepOf(2, "of the second");
  const saver = saverWith("");
  await restoreUnsaved(room, saver);
  await settled();
  assert.equal(saver.box.value, "");
  assert.equal(kept().length, 1);
});

test("a text of another tab is offered, and goes into the box below what is there", async () => {
  ofAnotherTab("of yesterday");
  const saver = saverWith("of today", { revision: 1 });
  const offered = pageWithNotice();
  await restoreUnsaved(room, saver);
  await settled();
  assert.equal(offered.text.textContent, "of yesterday");
  offered.press("restore");
  await settled();
  assert.equal(saver.box.value, "of today\n\nof yesterday");
  assert.deepEqual(kept(), []);
  assert.equal(offered.isRemoved, true);
});

test("an offered text that is left out is forgotten", async () => {
  ofAnotherTab("of yesterday");
  const saver = saverWith("of today", { revision: 1 });
  const offered = pageWithNotice();
  await restoreUnsaved(room, saver);
  await settled();
  offered.press("drop");
  await settled();
  assert.deepEqual([saver.box.value, kept()], ["of today", []]);
});

test("a question that was left meanwhile gets nothing back", async () => {
  await keepOf(1, "half a sen");
  const saver = Object.assign(saverWith(""), { hasLeft: true });
  await restoreUnsaved(room, saver);
  assert.deepEqual([saver.box.value, kept()], ["", ["half a sen"]]);
});

// Lets the page show one notice; returns it.
function pageWithNotice() {
  const notice = {
    text: {},
    isRemoved: false,
    querySelector: () => notice.text,
    addEventListener: (type, listen) => (notice.listen = listen),
    press: (choice) => notice.listen({ target: { dataset: { unsaved: choice } } }),
    remove: () => (notice.isRemoved = true),
  };
  document.getElementById = () => ({ content: { firstElementChild: { cloneNode: () => notice } } });
  room.querySelector = () => ({ after() {} });
  return notice;
}
