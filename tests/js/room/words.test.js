// Words as the page counts them; tests/attempts/rules/test_words.py reads the same table.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { wordCount } from "../../../static/js/room/words.js";

const TABLE = JSON.parse(readFileSync(new URL("../../words.json", import.meta.url)));

for (const { text, words, within = 0 } of TABLE) {
  test(`${words} words: ${text.slice(0, 20)}`, () => {
    const counted = wordCount(text);
    assert.ok(Math.abs(counted - words) <= within, `${counted} instead of ${words}`);
  });
}
