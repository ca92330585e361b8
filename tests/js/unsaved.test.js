import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { emptyStorage, withoutStorage } from "./fakes.js";
import { UnsavedText, forget, forgetAll, unsavedOf } from "../../static/js/unsaved.js";

beforeEach(emptyStorage);

// An entry as another tab, or an older page, has left it.
function leftBehind(key, kept) {
  localStorage.setItem(`unsaved:${key}`, typeof kept === "string" ? kept : JSON.stringify(kept));
}

test("a kept text is found by its attempt, with position and revision", () => {
  const text = new UnsavedText("a", 2);
  assert.equal(text.keep(7, "half a sen"), true);
  const [entry, ...more] = unsavedOf("a");
  assert.deepEqual(more, []);
  assert.deepEqual(
    [entry.key, entry.position, entry.mine, entry.revision, entry.text],
    [text.key, 2, true, 7, "half a sen"],
  );
  assert.deepEqual(unsavedOf("b"), []);
});

test("a later state of the same box replaces the earlier one", () => {
  const text = new UnsavedText("a", 1);
  text.keep(0, "one");
  text.keep(1, "one, two");
  assert.deepEqual(unsavedOf("a").map((entry) => [entry.revision, entry.text]), [[1, "one, two"]]);
});

test("each box has its own entry, and forgetting one leaves the others", () => {
  const [first, second] = [new UnsavedText("a", 1), new UnsavedText("a", 1)];
  first.keep(0, "one");
  second.keep(0, "two");
  first.forget();
  assert.deepEqual(unsavedOf("a").map(({ text }) => text), ["two"]);
  forget(second.key);
  assert.deepEqual(unsavedOf("a"), []);
});

test("entries of other tabs come oldest first and are not mine", () => {
  leftBehind("a:1:othertab:200.5", { revision: 0, text: "later" });
  leftBehind("a:3:othertab:100", { revision: 2, text: "earlier" });
  assert.deepEqual(
    unsavedOf("a").map(({ position, mine, text }) => [position, mine, text]),
    [
      [3, false, "earlier"],
      [1, false, "later"],
    ],
  );
});

test("entries that are empty or unreadable are left alone", () => {
  leftBehind("a:1:tab:1", { revision: 0, text: "  \n" });
  leftBehind("a:1:tab:2", "{ not JSON");
  leftBehind("a:1:tab:3", "null");
  assert.deepEqual(unsavedOf("a"), []);
});

test("nothing is kept when the person has switched it off", () => {
  localStorage.setItem("option:mirror", "off");
  const text = new UnsavedText("a", 1);
  assert.equal(text.keep(0, "private"), false);
  assert.deepEqual(unsavedOf("a"), []);
});

test("logging out forgets every text and nothing else", () => {
  new UnsavedText("a", 1).keep(0, "one");
  new UnsavedText("b", 1).keep(0, "two");
  localStorage.setItem("option:shortcuts", "off");
  forgetAll();
  assert.deepEqual(Object.keys(localStorage), ["option:shortcuts"]);
});

test("where the browser stores nothing, everything works and says so", () => {
  const text = new UnsavedText("a", 1);
  withoutStorage(() => {
    assert.equal(text.keep(0, "one"), false);
    assert.deepEqual(unsavedOf("a"), []);
    text.forget();
    forgetAll();
  });
});

test("boxes made in the same moment have entries of their own", () => {
  const keys = Array.from({ length: 2000 }, () => new UnsavedText("a", 1).key);
  assert.equal(new Set(keys).size, keys.length);
});
