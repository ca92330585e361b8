import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { disk, emptyStorage } from "../fakes.js";
import { UnsavedText, unsavedOf } from "../../../static/js/storage/unsaved.js";

beforeEach(emptyStorage);

// An entry as another tab, or an older page, has left it.
function leftBehind(name, kept) {
  const key = `unsaved:${name}`;
  disk.entries.set(key, { key, ...kept });
}

test("a kept text is found by its attempt, with its position and the save that it is", async () => {
  const text = new UnsavedText("a", 2);
  assert.equal(await text.keep({ revision: 7, text: "half a sen", writer: "me", sequence: 4 }), true);
  const [entry, ...more] = await unsavedOf("a");
  assert.deepEqual(more, []);
  assert.deepEqual(
    [entry.key, entry.position, entry.mine, entry.revision, entry.text, entry.writer, entry.sequence],
    [text.key, 2, true, 7, "half a sen", "me", 4],
  );
  assert.deepEqual(await unsavedOf("b"), []);
});

test("each box has its own entry", async () => {
  const [first, second] = [new UnsavedText("a", 1), new UnsavedText("a", 1)];
  await first.keep({ revision: 0, text: "one" });
  await second.keep({ revision: 0, text: "two" });
  await first.forget();
  assert.deepEqual((await unsavedOf("a")).map(({ text }) => text), ["two"]);
});

test("entries of other tabs come oldest first and are not mine", async () => {
  leftBehind("a:1:othertab:200.5", { revision: 0, text: "later" });
  leftBehind("a:3:othertab:100", { revision: 2, text: "earlier" });
  assert.deepEqual(
    (await unsavedOf("a")).map(({ position, mine, text }) => [position, mine, text]),
    [
      [3, false, "earlier"],
      [1, false, "later"],
    ],
  );
});

test("entries of an older version of the site have a writer each, which the site takes", async () => {
  leftBehind(`a:1:${"1".repeat(18)}:1764464000123.123456789`, { revision: 0, text: "one" });
  leftBehind(`a:1:${"1".repeat(18)}:1764464000123.987654321`, { revision: 0, text: "two" });
  const writers = (await unsavedOf("a")).map(({ writer }) => writer);
  assert.equal(new Set(writers).size, 2);
  for (const writer of writers) assert.match(writer, /^[A-Za-z0-9_-]{1,36}$/);
});

test("an entry without a text is left alone", async () => {
  leftBehind("a:1:tab:1", { revision: 0, text: "  \n" });
  leftBehind("a:1:tab:2", {});
  assert.deepEqual(await unsavedOf("a"), []);
  assert.equal(disk.entries.size, 2);
});

test("boxes made in the same moment have entries of their own", () => {
  const keys = Array.from({ length: 2000 }, () => new UnsavedText("a", 1).key);
  assert.equal(new Set(keys).size, keys.length);
});
