import assert from "node:assert/strict";
import { test } from "node:test";

import { hasText, meaningOf, receiptOf } from "../../../static/js/saving/save-reply.js";

const RECEIPT = "me:3:5";
const STORED = { verdict: "accepted", revision: 4, running: true, open: true, has: RECEIPT };
const CONFLICT = { verdict: "conflict", revision: 4, running: true, open: true, has: RECEIPT, stored: "theirs" };

const MEANINGS = [
  // status, JSON, what it means
  [200, STORED, "stored"],
  [200, { ...STORED, verdict: "already", revision: 0 }, "stored"],
  [200, { ...STORED, verdict: "not-emptied", stored: "a" }, "stored"],
  [409, CONFLICT, "conflict"],
  [410, { ...STORED, verdict: "late" }, "late"],
  [422, { verdict: "invalid", message: "Too long." }, "refused"],
  [413, null, "refused"],
  [400, null, "refused"],
  [401, null, "logged-out"],
  [403, null, "outdated"],
  [404, null, "not-yours"],
  [410, { removed: true, reason: "Forgotten." }, "removed"],
  // No answer to this save.
  [200, null, null],
  [200, {}, null],
  [200, [], null],
  [200, "accepted", null],
  [200, { ...STORED, verdict: "fine" }, null],
  [200, { ...STORED, verdict: undefined }, null],
  [200, { ...STORED, revision: undefined }, null],
  [200, { ...STORED, revision: "4" }, null],
  [200, { ...STORED, revision: 4.5 }, null],
  [200, { ...STORED, revision: -1 }, null],
  [200, { ...STORED, running: undefined }, null],
  [200, { ...STORED, open: "yes" }, null],
  [200, { ...STORED, has: "me:2:5" }, null],
  [200, { ...STORED, has: "you:3:5" }, null],
  [200, { ...STORED, has: "me:3:4" }, null],
  [200, { ...STORED, has: undefined }, null],
  [200, CONFLICT, null],
  [202, STORED, null],
  [204, null, null],
  [302, null, null],
  [409, STORED, null],
  [409, { ...CONFLICT, stored: undefined }, null],
  [410, STORED, null],
  [410, null, null],
  [422, null, null],
  [422, { message: 5 }, null],
  [500, STORED, null],
  [503, null, null],
  [429, null, null],
  [408, null, null],
  [511, null, null],
];

for (const [status, json, meaning] of MEANINGS) {
  test(`${status} with ${JSON.stringify(json)} means ${meaning}`, () => {
    assert.equal(meaningOf({ status, json }, RECEIPT), meaning);
  });
}

test("the server has the text in three cases", () => {
  const meanings = ["stored", "conflict", "late", "refused", "logged-out", "outdated", "not-yours", "removed", null, undefined];
  assert.deepEqual(meanings.filter(hasText), ["stored", "conflict", "late"]);
});

// As attempts/views/room_responses.py names it.
const RECEIPTS = [
  ["hello", "w:1:5"],
  ["", "w:1:0"],
  ["é漢😀", "w:1:3"],
  ["a\r\nb\rc\n", "w:1:6"],
  ["a\0b", "w:1:2"],
  ["\ud800x", "w:1:2"],
];

for (const [text, receipt] of RECEIPTS) {
  test(`a receipt counts ${JSON.stringify(text)} as the site does`, () => assert.equal(receiptOf("w", 1, text), receipt));
}
