import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { emptyStorage } from "./fakes.js";
import { continues, restoreUnsaved } from "../../static/js/restore.js";
import { UnsavedText, unsavedOf } from "../../static/js/unsaved.js";

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
    assert.equal(continues({ text, revision: from }, { box: { value }, stored, revision }), expected);
  });
}

// A saver whose box holds `value`, which is also what the server has.
function saverWith(value, { position = 1, revision = 0 } = {}) {
  const box = Object.assign(new EventTarget(), { value, focus() {} });
  const unsaved = new UnsavedText("a", position);
  const flushed = [];
  return { box, position, revision, stored: value, unsaved, isKept: true, flushed, flush: (cause) => flushed.push(cause) };
}

const room = { dataset: { attempt: "a" } };

test("what this tab had in the box goes back without asking, and is saved", () => {
  new UnsavedText("a", 1).keep(0, "half a sen");
  const saver = saverWith("");
  restoreUnsaved(room, saver);
  assert.equal(saver.box.value, "half a sen");
  assert.deepEqual(saver.flushed, ["auto"]);
  assert.deepEqual(unsavedOf("a"), []);
});

test("the entry stays where the box could not be kept", () => {
  new UnsavedText("a", 1).keep(0, "half a sen");
  const saver = Object.assign(saverWith(""), { isKept: false });
  restoreUnsaved(room, saver);
  assert.deepEqual(unsavedOf("a").map(({ text }) => text), ["half a sen"]);
});

test("a text that the box already holds is forgotten", () => {
  new UnsavedText("a", 1).keep(0, "One");
  const saver = saverWith("Zero. One. Two.");
  restoreUnsaved(room, saver);
  assert.deepEqual([saver.box.value, saver.flushed, unsavedOf("a")], ["Zero. One. Two.", [], []]);
});

test("texts of other questions stay for their own pages", () => {
  new UnsavedText("a", 2).keep(0, "of the second");
  const saver = saverWith("");
  restoreUnsaved(room, saver);
  assert.equal(saver.box.value, "");
  assert.equal(unsavedOf("a").length, 1);
});

test("a text of another tab is offered, and goes into the box below what is there", () => {
  localStorage.setItem("unsaved:a:1:othertab:1", JSON.stringify({ revision: 0, text: "of yesterday" }));
  const saver = saverWith("of today", { revision: 1 });
  const offered = pageWithNotice();
  restoreUnsaved(room, saver);
  assert.equal(offered.text.textContent, "of yesterday");
  offered.press("restore");
  assert.equal(saver.box.value, "of today\n\nof yesterday");
  assert.deepEqual(unsavedOf("a"), []);
  assert.equal(offered.isRemoved, true);
});

test("an offered text that is left out is forgotten", () => {
  localStorage.setItem("unsaved:a:1:othertab:1", JSON.stringify({ revision: 0, text: "of yesterday" }));
  const saver = saverWith("of today", { revision: 1 });
  const offered = pageWithNotice();
  restoreUnsaved(room, saver);
  offered.press("drop");
  assert.deepEqual([saver.box.value, unsavedOf("a")], ["of today", []]);
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
