import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { define, disk, emptyStorage, settled, withoutStorage } from "../fakes.js";
import { database, ofBrowser, ofTab } from "../../../static/js/storage/storage.js";

beforeEach(emptyStorage);

test("what is stored is read, listed by its beginning and removed", () => {
  for (const area of [ofBrowser, ofTab]) {
    assert.equal(area.get("a:1"), null);
    assert.equal(area.set("a:1", 7), true);
    area.set("b:1", "x");
    assert.deepEqual([area.get("a:1"), area.keys("a:")], ["7", ["a:1"]]);
    area.remove("a:1");
    assert.deepEqual([area.get("a:1"), area.keys("")], [null, ["b:1"]]);
  }
});

test("what the browser refuses is known to this page, and not listed as stored", async () => {
  await withoutStorage(() => {
    assert.equal(ofTab.get("count"), null);
    assert.equal(ofTab.set("count", 1), false);
    assert.equal(ofTab.get("count"), "1");
    assert.deepEqual(ofTab.keys(""), []);
    ofTab.remove("count");
    assert.equal(ofTab.get("count"), null);
  });
});

test("a full storage keeps what it has and says that it took nothing", (t) => {
  ofBrowser.set("a", "old");
  t.mock.method(localStorage, "setItem", () => {
    throw new DOMException("full", "QuotaExceededError");
  });
  assert.equal(ofBrowser.set("a", "new"), false);
  assert.equal(ofBrowser.get("a"), "new");
  assert.equal(localStorage.a, "old");
});

test("the database takes entries to the disk, lists them by their beginning and removes them", async () => {
  for (const key of ["unsaved:a:1", "unsaved:a:2", "unsaved:b:1"]) assert.equal(await database.put({ key }), true);
  assert.deepEqual((await database.entries("unsaved:a:")).map(({ key }) => key), ["unsaved:a:1", "unsaved:a:2"]);
  assert.equal(await database.remove("unsaved:a:1"), true);
  assert.equal(await database.removeAll("unsaved:b"), true);
  assert.deepEqual([...disk.entries.keys()], ["unsaved:a:2"]);
  assert.deepEqual(new Set(disk.durability), new Set(["strict"]));
});

test("a database that is full, or refused, says that nothing was done", async () => {
  await database.put({ key: "a" });
  disk.isFull = true;
  assert.deepEqual([await database.put({ key: "b" }), await database.entries("")], [false, []]);
  disk.isFull = false;
  assert.deepEqual(await database.entries(""), [{ key: "a" }]);
  await withoutStorage(async () => {
    disk.isFull = true; // an open connection is of no use any more
    await database.put({ key: "c" });
    assert.deepEqual([await database.put({ key: "c" }), await database.remove("a"), await database.entries("")], [false, false, []]);
  });
});

test("a database that never opens is given up after three seconds, and tried again", async (t) => {
  disk.isFull = true; // so that the open connection is given up
  await database.put({ key: "a" });
  disk.isFull = false;
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const opens = globalThis.indexedDB;
  define("indexedDB", { open: () => ({}) });
  let isDone;
  database.put({ key: "a" }).then((done) => (isDone = done));
  await settled();
  t.mock.timers.tick(2_999);
  await settled();
  assert.equal(isDone, undefined);
  t.mock.timers.tick(1);
  await settled();
  assert.equal(isDone, false);
  define("indexedDB", opens);
  assert.equal(await database.put({ key: "a" }), true);
});
