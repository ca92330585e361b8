import assert from "node:assert/strict";
import { test } from "node:test";

import { KEPT_BYTES, KEPT_DAYS, LONGEST, due, limitOf, oldestOf } from "../../../static/js/storage/recording-rules.js";

const DAY = 24 * 60 * 60 * 1_000;
const NOW = 1_000 * DAY;
const head = (key, days, bytes = 1) => ({ key, at: NOW - days * DAY, bytes });
const keys = (heads) => heads.map(({ key }) => key).sort();

for (const [what, left, limit] of [
  ["the question's time", 60_000, 60_000],
  ["ten minutes, where the question has more", LONGEST + 1, LONGEST],
  ["ten minutes without a clock", null, LONGEST],
  ["ten minutes in overtime", -5_000, LONGEST],
  ["ten minutes at the bell itself", 0, LONGEST],
]) {
  test(`the limit is ${what}`, () => assert.equal(limitOf(left), limit));
}

for (const [what, heads, expected] of [
  ["nothing of nothing", [], []],
  ["what is older than its days", [head("new", 0), head("last", KEPT_DAYS), head("old", KEPT_DAYS + 0.01)], ["old"]],
  ["nothing of what just fits", [head("a", 1, KEPT_BYTES / 2), head("b", 2, KEPT_BYTES / 2)], []],
  ["the oldest of too much, in any order", [head("oldest", 3, 10), head("new", 0, KEPT_BYTES - 10), head("middle", 1, 10)], ["oldest"]],
  ["all but the newest where that fills everything", [head("new", 0, KEPT_BYTES), head("a", 1), head("b", 2)], ["a", "b"]],
]) {
  test(`due is ${what}`, () => assert.deepEqual(keys(due(heads, NOW)), expected));
}

test("the oldest is that of the earliest beginning; of none there is none", () => {
  assert.equal(oldestOf([head("b", 2), head("c", 3), head("a", 1)]).key, "c");
  assert.equal(oldestOf([]), null);
});
