import assert from "node:assert/strict";
import { test } from "node:test";

import "../fakes.js";
import { insertSpoken, spaced } from "../../../static/js/speaking/dictation/insert.js";

for (const [what, words, before, after, expected] of [
  ["into an empty box", " one two ", "", "", "one two"],
  ["after a word", "two", "one", "", " two"],
  ["after a blank or a line", "two", "one\n", "", "two"],
  ["between words", "two", "one", "three", " two "],
  ["before a full stop", "two", "one", ". Three", " two"],
  ["before a line", "two", "one ", "\nthree", "two"],
  ["nothing at all", "  ", "one", "two", ""],
]) {
  test(`spoken ${what}`, () => assert.equal(spaced(words, before, after), expected));
}

class Box extends EventTarget {
  constructor(value, start = value.length, end = start) {
    super();
    Object.assign(this, { value, selectionStart: start, selectionEnd: end, readOnly: false, heard: 0 });
    this.addEventListener("input", (event) => (this.heard += event.bubbles ? 1 : 0));
  }

  setRangeText(text, start, end, mode) {
    this.value = this.value.slice(0, start) + text + this.value.slice(end);
    if (mode === "end") this.selectionStart = this.selectionEnd = start + text.length;
  }
}

test("text replaces the selection, the caret comes after it, and the page hears of it as of typing", () => {
  const box = new Box("one xxx three", 4, 7);
  assert.equal(insertSpoken(box, "two"), true);
  assert.deepEqual([box.value, box.selectionStart, box.heard], ["one two three", 7, 1]);
  insertSpoken(box, "and");
  assert.equal(box.value, "one two and three");
});

test("a box that takes no text takes none, and says so", () => {
  for (const state of [{ readOnly: true }, { disabled: true }]) {
    const box = Object.assign(new Box("one"), state);
    assert.equal(insertSpoken(box, "two"), false);
    assert.deepEqual([box.value, box.heard], ["one", 0]);
  }
});

test("nothing said changes nothing", () => {
  const box = new Box("one");
  assert.equal(insertSpoken(box, " "), true);
  assert.deepEqual([box.value, box.heard], ["one", 0]);
});
