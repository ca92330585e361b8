import assert from "node:assert/strict";
import { mock, test } from "node:test";

import "../fakes.js";
import { Countdown, Ticker, clockFace, inWords } from "../../../static/js/clock/clock.js";

const FACES = [
  [1_800_000, "30 min"],
  [300_001, "6 min"],
  [300_000, "5:00"],
  [299_000, "4:59"],
  [60_001, "1:01"],
  [9_000, "0:09"],
  [1, "0:01"],
  [0, "0:00"],
  [-1_000, "+0:01"],
  [-61_000, "+1:01"],
];

for (const [milliseconds, face] of FACES) {
  test(`the timer shows ${face} for ${milliseconds} ms`, () => assert.equal(clockFace(milliseconds), face));
}

const WORDS = [
  [600_000, "10 minutes"],
  [90_000, "1 minute 30 seconds"],
  [61_000, "1 minute 1 second"],
  [60_000, "1 minute"],
  [1_001, "2 seconds"],
  [1, "1 second"],
  [0, "0 seconds"],
  [-5_000, "0 seconds"],
];

for (const [milliseconds, words] of WORDS) {
  test(`${milliseconds} ms are said as "${words}"`, () => assert.equal(inWords(milliseconds), words));
}

function at(t, milliseconds) {
  t.mock.method(performance, "now", () => milliseconds);
}

test("a countdown starts at the instant of its values, not when it is made", (t) => {
  at(t, 5_000);
  const clock = new Countdown({ left: 60_000, limit: 60_000, closes: 75_000, think: 10_000 }, 2_000);
  assert.equal(clock.leftNow, 57_000);
  assert.equal(clock.closesNow, 72_000);
  assert.equal(clock.thinkNow, 7_000);
});

test("the time left goes below zero in overtime, thinking time does not", (t) => {
  at(t, 20_000);
  const clock = new Countdown({ left: 15_000, limit: 15_000, closes: 30_000, think: 10_000 }, 0);
  assert.equal(clock.leftNow, -5_000);
  assert.equal(clock.thinkNow, 0);
});

test("without a limit there is no time left to show", () => {
  const clock = new Countdown({ left: null, limit: null, closes: null, think: 0 });
  assert.equal(clock.leftNow, null);
  assert.equal(clock.closesNow, null);
  assert.equal(clock.thinkNow, 0);
});

test("the server's reply replaces the time left, and thinking time runs on", (t) => {
  at(t, 0);
  const clock = new Countdown({ left: 60_000, limit: 60_000, closes: 75_000, think: 10_000 });
  at(t, 4_000);
  clock.set({ left: 300_000, limit: 360_000, closes: 315_000 });
  at(t, 5_000);
  assert.equal(clock.leftNow, 299_000);
  assert.equal(clock.closesNow, 314_000);
  assert.equal(clock.thinkNow, 5_000);
});

test("a ticker ticks four times a second and wakes the page after sleep", (t) => {
  mock.timers.enable({ apis: ["setInterval"] });
  t.after(() => mock.timers.reset());
  let [wall, steady, ticks, wakes] = [1_000_000, 0, 0, 0];
  t.mock.method(Date, "now", () => wall);
  t.mock.method(performance, "now", () => steady);
  new Ticker(() => ticks++, () => wakes++);
  const pass = (milliseconds, slept = 0) => {
    [wall, steady] = [wall + milliseconds + slept, steady + milliseconds];
    mock.timers.tick(milliseconds);
  };

  for (let i = 0; i < 4; i++) pass(250);
  assert.deepEqual([ticks, wakes], [4, 0]);
  pass(250, 7_200_000); // only the wall clock went on
  assert.deepEqual([ticks, wakes], [5, 1]);
});

test("a ticker wakes the page when it is visible or online again", () => {
  mock.timers.enable({ apis: ["setInterval"] });
  let wakes = 0;
  new Ticker(() => {}, () => wakes++);
  document.visibilityState = "hidden";
  document.dispatchEvent(new Event("visibilitychange"));
  assert.equal(wakes, 0);
  document.visibilityState = "visible";
  document.dispatchEvent(new Event("visibilitychange"));
  window.dispatchEvent(new Event("online"));
  assert.equal(wakes, 2);
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: false }));
  assert.equal(wakes, 2);
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  assert.equal(wakes, 3);
  mock.timers.reset();
});
