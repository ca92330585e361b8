import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { disk, emptyStorage, settled, withoutStorage } from "../fakes.js";
import { Entry, entriesOf, forget, forgetAll, forgetThose, keyOf } from "../../../static/js/storage/mirror.js";
import { setOption } from "../../../static/js/storage/options.js";

beforeEach(emptyStorage);

const onDisk = () => [...disk.entries.values()].map(({ text }) => text);
const atHand = () => Object.entries(localStorage).filter(([key]) => key.startsWith("unsaved:")).map(([, value]) => JSON.parse(value).text);
const entry = (name = "a:1", changed) => new Entry(keyOf(name), changed);

test("a text counts as kept when its transaction is complete, and not before", async () => {
  disk.waiting = [];
  const text = entry();
  let kept;
  text.keep({ text: "one" }).then((isKept) => (kept = isKept));
  await settled();
  assert.deepEqual([text.isKept, kept], [false, undefined]);
  disk.waiting.shift()();
  await settled();
  assert.deepEqual([text.isKept, kept, onDisk()], [true, true, ["one"]]);
});

test("while one is written the newest waits, and those between are never written", async () => {
  disk.waiting = [];
  const text = entry();
  for (const typed of ["o", "on", "one"]) {
    text.keep({ text: typed });
    await settled();
  }
  assert.equal(disk.waiting.length, 1);
  assert.deepEqual(atHand(), ["one"]); // a tab that crashes now has sent the first alone to the disk
  disk.waiting.shift()();
  await settled();
  assert.deepEqual([onDisk(), text.isKept], [["o"], false]);
  disk.waiting.shift()();
  await settled();
  assert.deepEqual([onDisk(), text.isKept, disk.waiting.length, atHand()], [["one"], true, 0, []]);
});

test("a text that is forgotten while it is written does not come back", async () => {
  disk.waiting = [];
  const text = entry();
  const kept = text.keep({ text: "one" });
  await settled();
  text.forget();
  for (let turn = 0; turn < 2; turn++) {
    disk.waiting.shift()();
    await settled();
  }
  assert.deepEqual([onDisk(), await kept, text.isKept], [[], true, false]);
});

test("a page that is left stores at once what is not on the disk, and nothing twice", async () => {
  disk.waiting = [];
  const text = entry();
  assert.equal(text.keepAtOnce(), true); // nothing to keep
  text.keep({ text: "one" });
  assert.equal(text.keepAtOnce(), true);
  assert.deepEqual(atHand(), ["one"]);
  await settled();
  disk.waiting.shift()();
  await settled();
  assert.deepEqual([onDisk(), atHand()], [["one"], []]);
  assert.equal(text.keepAtOnce(), true);
  assert.deepEqual(atHand(), []);
});

test("the next page finds what was stored at once, and moves it to the disk", async () => {
  localStorage.setItem("unsaved:a:1", JSON.stringify({ text: "one, two", at: 20 }));
  disk.entries.set("unsaved:a:1", { key: "unsaved:a:1", text: "one", at: 10 });
  localStorage.setItem("unsaved:a:2", JSON.stringify({ text: "older", at: 10 }));
  disk.entries.set("unsaved:a:2", { key: "unsaved:a:2", text: "newer", at: 20 });
  localStorage.setItem("unsaved:a:3", JSON.stringify({ text: "of an older version of the site" }));
  const found = await entriesOf("a:");
  assert.deepEqual(found.map(({ key, text }) => [key, text]).sort(), [
    ["unsaved:a:1", "one, two"],
    ["unsaved:a:2", "newer"],
    ["unsaved:a:3", "of an older version of the site"],
  ]);
  await settled();
  assert.deepEqual([onDisk().sort(), atHand()], [["newer", "of an older version of the site", "one, two"], []]);
});

test("what cannot be read is left alone", async () => {
  localStorage.setItem("unsaved:a:1", "{ not JSON");
  localStorage.setItem("unsaved:a:2", "null");
  assert.deepEqual(await entriesOf("a:"), []);
  await settled();
  assert.equal(Object.keys(localStorage).length, 2);
});

test("where the disk is full the text is stored at once, and not said to be kept", async () => {
  let changes = 0;
  const text = entry("a:1", () => changes++);
  disk.isFull = true;
  assert.equal(await text.keep({ text: "one" }), false);
  assert.deepEqual([text.isKept, changes, atHand()], [false, 1, ["one"]]);
  assert.deepEqual((await entriesOf("a:")).map(({ text }) => text), ["one"]);
  disk.isFull = false;
  assert.equal(await text.keep({ text: "one, two" }), true);
  assert.deepEqual([onDisk(), atHand()], [["one, two"], []]);
});

test("where the browser refuses every storage nothing is kept, and the page is told", async () => {
  disk.isFull = true;
  await withoutStorage(async () => {
    const text = entry();
    assert.equal(await text.keep({ text: "one" }), false);
    assert.deepEqual([text.isKept, text.keepAtOnce()], [false, false]);
    assert.deepEqual(await entriesOf("a:"), []);
    await text.forget();
    await forgetAll();
    assert.equal(text.keepAtOnce(), true);
  });
});

test("nothing is kept when the person has switched it off", async () => {
  setOption("mirror", false);
  const text = entry();
  assert.equal(await text.keep({ text: "private" }), false);
  assert.deepEqual([text.isKept, text.keepAtOnce(), onDisk(), atHand()], [false, false, [], []]);
});

test("switched off and on again, the text is not said to be kept until it is written again", async () => {
  const text = entry();
  await text.keep({ text: "one" });
  setOption("mirror", false);
  assert.equal(text.isKept, false);
  await forgetAll();
  setOption("mirror", true);
  assert.deepEqual([text.isKept, onDisk()], [false, []]);
  assert.equal(await text.keep({ text: "one" }), true);
  assert.deepEqual([text.isKept, onDisk()], [true, ["one"]]);
});

test("logging out forgets every text and nothing else", async () => {
  await entry("a:1").keep({ text: "one" });
  await entry("admin:/x/").keep({ fields: {} });
  localStorage.setItem("unsaved:b:1", JSON.stringify({ text: "two" }));
  localStorage.setItem("option:shortcuts", "off");
  assert.equal(await forgetAll(), true);
  assert.deepEqual([disk.entries.size, Object.keys(localStorage)], [0, ["option:shortcuts"]]);
});

test("forgetting an attempt's texts leaves those of others, and they still count as kept", async () => {
  const [gone, other] = [entry("a:1"), entry("b:1")];
  await gone.keep({ text: "gone" });
  await other.keep({ text: "other" });
  localStorage.setItem("unsaved:a:2", JSON.stringify({ text: "gone too" }));
  localStorage.setItem("unsaved:b:2", JSON.stringify({ text: "at hand" }));
  assert.equal(await forgetThose("a:"), true);
  assert.deepEqual([onDisk(), atHand()], [["other"], ["at hand"]]);
  assert.equal(other.isKept, true);
});

test("a page whose attempt is gone forgets its texts alone, and keeps none from then on", async () => {
  const [gone, other] = [entry("a:1"), entry("b:1")];
  await gone.keep({ text: "gone" });
  await other.keep({ text: "other" });
  await forgetAll("a:");
  assert.deepEqual([onDisk(), gone.isKept], [["other"], false]);
});

test("forgetting one entry leaves the others, on the disk and at hand", async () => {
  const [one, two] = [entry("a:1"), entry("a:2")];
  await one.keep({ text: "one" });
  await two.keep({ text: "two" });
  localStorage.setItem("unsaved:a:1", JSON.stringify({ text: "one" }));
  await forget(one.key);
  assert.deepEqual([onDisk(), atHand()], [["two"], []]);
});
