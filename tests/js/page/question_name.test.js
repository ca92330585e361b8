import assert from "node:assert/strict";
import { test } from "node:test";

import { questionName } from "../../../static/js/page/question-name.js";

const NAMES = [
  // position, follow-ups to each question, name
  [1, 0, "1"],
  [3, 0, "3"],
  [1, 1, "1"],
  [2, 1, "1, follow-up"],
  [3, 1, "2"],
  [5, 2, "2, follow-up"],
  [6, 2, "2, follow-up"],
  [7, "2", "3"],
  [2, undefined, "2"],
  [2, "", "2"],
];

test("a position is called by its question, and whether it follows it", () => {
  for (const [position, followUps, name] of NAMES) assert.equal(questionName(position, followUps), name);
});
