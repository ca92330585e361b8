import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import "../fakes.js";

let now; // of performance.now()
let bells; // whether each was followed by overtime
let announced; // milliseconds left, as the announcer heard them
performance.now = () => now;
const { TimeLeft } = await import("../../../static/js/room/time-left.js");

// The panel of the clock. The numbers are milliseconds, as the page has them.
function panelOf(numbers) {
  const element = () => {
    const classes = new Set();
    return { classes, classList: { toggle: (name, is) => (is ? classes.add(name) : classes.delete(name)) }, textContent: "" };
  };
  const timer = element();
  const panel = { ...element(), dataset: { ...numbers }, timer, querySelector: (selector) => (selector === "progress" ? null : timer) };
  document.getElementById = (id) => (id === "clock" ? panel : null);
  return panel;
}

function timeLeftOf(numbers) {
  const timeLeft = new TimeLeft({ update: (left) => announced.push(left) }, (isOvertime) => bells.push(isOvertime));
  const panel = panelOf(numbers);
  timeLeft.bind(panel, now);
  return { timeLeft, panel };
}

beforeEach(() => ([now, bells, announced] = [1_000, [], []]));

const LIMITED = { left: "3000", limit: "60000", closes: "3000" };
const OVERTIME = { left: "3000", limit: "60000", closes: "63000" };

test("the time left is shown and announced at each tick", () => {
  const { timeLeft, panel } = timeLeftOf(LIMITED);
  now += 1_000;
  timeLeft.tick();
  assert.deepEqual([panel.timer.textContent, announced, panel.dataset.bound], ["0:02", [2_000], "yes"]);
  assert.deepEqual([timeLeft.isLimited, timeLeft.isClosing, timeLeft.isClosed, bells], [true, false, false, []]);
});

for (const [limit, left, isLow] of [
  ["600000", "60000", true],
  ["600000", "61000", false],
  ["180000", "60000", true],
  ["90000", "31000", false],
  ["60000", "59000", false],
  ["60000", "21000", false],
  ["60000", "20000", true],
]) {
  test(`${left} of ${limit} ms is ${isLow ? "" : "not "}nearly up`, () => {
    const { timeLeft, panel } = timeLeftOf({ left, limit, closes: left });
    timeLeft.tick();
    assert.equal(panel.classes.has("low"), isLow);
  });
}

for (const [what, numbers, isOvertime] of [["the question closes", LIMITED, false], ["overtime follows", OVERTIME, true]]) {
  test(`the bell rings once, and ${what}`, () => {
    const { timeLeft } = timeLeftOf(numbers);
    now += 3_000;
    timeLeft.tick();
    timeLeft.tick();
    assert.deepEqual(bells, [isOvertime]);
    assert.deepEqual([timeLeft.isClosing, timeLeft.isClosed], [!isOvertime, !isOvertime]);
  });
}

test("the end of overtime closes the box a second before the question", () => {
  const { timeLeft } = timeLeftOf(OVERTIME);
  now += 3_000;
  timeLeft.tick();
  now += 58_999;
  assert.deepEqual([timeLeft.isClosing, timeLeft.isClosed], [false, false]);
  now += 1;
  assert.deepEqual([timeLeft.isClosing, timeLeft.isClosed], [true, false]);
  now += 1_000;
  assert.deepEqual([timeLeft.isClosing, timeLeft.isClosed], [true, true]);
});

test("more time from the server rings the bell again at its end", () => {
  const { timeLeft } = timeLeftOf(LIMITED);
  now += 3_000;
  timeLeft.tick();
  timeLeft.set({ left: 5_000, limit: 65_000, closes: 5_000 });
  timeLeft.tick();
  assert.equal(timeLeft.isClosing, false);
  now += 5_000;
  timeLeft.tick();
  assert.deepEqual(bells, [false, false]);
});

test("a server that says that nothing is left does not ring it twice", () => {
  const { timeLeft } = timeLeftOf(LIMITED);
  now += 3_000;
  timeLeft.tick();
  timeLeft.set({ left: 0, limit: 60_000, closes: 0 });
  timeLeft.tick();
  assert.deepEqual(bells, [false]);
});

test("without a limit nothing is shown, announced or rung", () => {
  const { timeLeft } = timeLeftOf({ left: "", limit: "", closes: "" });
  now += 10_000_000;
  timeLeft.tick();
  assert.deepEqual([announced, bells], [[], []]);
  assert.deepEqual([timeLeft.isLimited, timeLeft.isClosing, timeLeft.isClosed], [false, false, false]);
});
