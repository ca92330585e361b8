import assert from "node:assert/strict";
import { test } from "node:test";

import { settled } from "../fakes.js";
import { SaveQueue } from "../../../static/js/saving/save-queue.js";

// A queue whose saves end when the test says so: ends[0]() ends the first.
function queueWith(goesOn = true) {
  const [causes, ends] = [[], []];
  const send = (cause) => {
    causes.push(cause);
    return new Promise((resolve) => ends.push(resolve));
  };
  const queue = new SaveQueue(send, (cause) => goesOn && queue.add(cause));
  return { queue, causes, ends };
}

const WAITING = [
  // what asks while a save is on its way, and what follows it
  [["auto"], "auto"],
  [["auto", "auto", "auto"], "auto"],
  [["auto", "bell"], "bell"],
  [["bell", "auto"], "bell"],
  [["auto", "chosen"], "chosen"],
  [["bell", "chosen"], "bell"],
];

for (const [asked, follows] of WAITING) {
  test(`behind a save, ${asked.join(", ")} becomes one save: ${follows}`, async () => {
    const { queue, causes, ends } = queueWith();
    queue.add("auto");
    for (const cause of asked) queue.add(cause);
    assert.deepEqual([causes, queue.waiting], [["auto"], follows]);
    ends[0]();
    await settled();
    assert.deepEqual([causes, queue.waiting], [["auto", follows], null]);
  });
}

test("it is busy until nothing is on its way", async () => {
  const { queue, ends } = queueWith();
  assert.equal(queue.isBusy, false);
  queue.add("auto");
  queue.add("auto");
  ends[0]();
  await settled();
  assert.equal(queue.isBusy, true);
  ends[1]();
  await settled();
  assert.equal(queue.isBusy, false);
});

test("who waits behind a save waits for the one that follows it, too", async () => {
  const { queue, ends } = queueWith();
  queue.add("auto");
  let isDone = false;
  queue.add("auto").then(() => (isDone = true));
  ends[0]();
  await settled();
  assert.equal(isDone, false);
  ends[1]();
  await settled();
  assert.equal(isDone, true);
});

test("where nothing may follow, who waits is not kept waiting", async () => {
  const { queue, causes, ends } = queueWith(false);
  queue.add("auto");
  let isDone = false;
  queue.add("auto").then(() => (isDone = true));
  ends[0]();
  await settled();
  assert.deepEqual([isDone, causes, queue.isBusy, queue.waiting], [true, ["auto"], false, null]);
});
