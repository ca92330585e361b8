import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { emptyStorage, withoutStorage } from "../fakes.js";
import { option, setOption } from "../../../static/js/storage/options.js";

beforeEach(emptyStorage);

test("an option is on until it is switched off, and can be switched on again", () => {
  assert.equal(option("timer"), true);
  setOption("timer", false);
  assert.deepEqual([option("timer"), option("shortcuts")], [false, true]);
  setOption("timer", true);
  assert.equal(option("timer"), true);
});

test("where the browser stores nothing, every option is on until this page switches it off", async () => {
  await withoutStorage(() => {
    assert.equal(option("timer"), true);
    setOption("timer", false);
    assert.equal(option("timer"), false);
    setOption("timer", true);
    assert.equal(option("timer"), true);
  });
});

test("some options are off until they are switched on", () => {
  assert.equal(option("read-aloud"), false);
  setOption("read-aloud", true);
  assert.equal(option("read-aloud"), true);
  setOption("read-aloud", false);
  assert.equal(option("read-aloud"), false);
});
