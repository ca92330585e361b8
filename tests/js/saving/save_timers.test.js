import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { SaveTimers } from "../../../static/js/saving/save-timers.js";

let saves;
let timers;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  saves = [];
  timers = new SaveTimers((cause) => {
    timers.clear(); // as the saver does
    saves.push(cause);
  });
});

afterEach(() => mock.timers.reset());

test("a pause of 1.5 seconds saves once", () => {
  timers.typed();
  mock.timers.tick(1_499);
  timers.typed();
  mock.timers.tick(1_499);
  assert.deepEqual(saves, []);
  mock.timers.tick(1);
  mock.timers.tick(60_000);
  assert.deepEqual(saves, ["auto"]);
});

test("without a pause it saves every 10 seconds", () => {
  for (let second = 0; second < 25; second++) {
    timers.typed();
    mock.timers.tick(1_000);
  }
  assert.equal(saves.length, 2);
});

for (const [times, pause] of [[1, 1_000], [2, 2_000], [3, 4_000], [4, 8_000], [5, 8_000], [50, 8_000]]) {
  test(`after ${times} failures it waits ${pause} ms, and keeps the cause`, () => {
    timers.failed(times, "bell");
    mock.timers.tick(pause - 1);
    assert.deepEqual(saves, []);
    mock.timers.tick(1);
    assert.deepEqual(saves, ["bell"]);
  });
}

test("nothing is saved after it was cleared", () => {
  timers.typed();
  timers.failed(1, "auto");
  timers.clear();
  mock.timers.tick(60_000);
  assert.deepEqual(saves, []);
});
