import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { emptyStorage, withoutStorage } from "../fakes.js";
import { Announcer } from "../../../static/js/clock/announcer.js";

const MINUTE = 60_000;

beforeEach(emptyStorage);

// An announcer whose region keeps everything that was said.
function announcer(attempt = "one") {
  const said = [];
  const region = {
    set textContent(words) {
      if (words) said.push(words);
    },
  };
  return Object.assign(new Announcer(attempt, region), { said });
}

function countDown(speaker, from, to, { limit = from, isOn = true } = {}) {
  for (let left = from; left >= to; left -= 250) speaker.update(left, limit, isOn);
}

test("half time and the last 10, 5, 1 minute and 30 seconds are announced, each once", () => {
  const speaker = announcer();
  countDown(speaker, 30 * MINUTE, -MINUTE);
  assert.deepEqual(speaker.said, [
    "Half of the time is over. 15 minutes left",
    "10 minutes left",
    "5 minutes left",
    "1 minute left",
    "30 seconds left",
  ]);
});

test("half time that is also a mark is announced once", () => {
  const speaker = announcer();
  countDown(speaker, 10 * MINUTE, 4 * MINUTE);
  assert.deepEqual(speaker.said, ["Half of the time is over. 5 minutes left"]);
});

test("nothing is announced when it is switched off", () => {
  const speaker = announcer();
  countDown(speaker, 10 * MINUTE, 0, { isOn: false });
  assert.deepEqual(speaker.said, []);
});

test("nothing is announced on the first look, after a jump or when time was added", () => {
  const speaker = announcer();
  speaker.update(5 * MINUTE, 30 * MINUTE, true);
  speaker.update(2 * MINUTE, 30 * MINUTE, true);
  speaker.update(50_000, 30 * MINUTE, true);
  speaker.update(6 * MINUTE, 30 * MINUTE, true);
  assert.deepEqual(speaker.said, []);
});

test("an attempt without a limit announces nothing by itself", () => {
  const speaker = announcer();
  speaker.update(1_000, null, true);
  speaker.update(-1_000, null, true);
  assert.deepEqual(speaker.said, []);
});

test("it speaks at most six times in an attempt, over all its pages", () => {
  const speakers = [1, 2, 3].map(() => announcer());
  for (const speaker of speakers) countDown(speaker, 30 * MINUTE, 0);
  assert.equal(speakers.flatMap(({ said }) => said).length, 6);
  const other = announcer("two");
  countDown(other, 30 * MINUTE, 0);
  assert.equal(other.said.length, 5);
});

test("on request it always speaks", () => {
  const speaker = announcer();
  sessionStorage.setItem("said:one", 6);
  speaker.say("54 seconds left");
  assert.deepEqual(speaker.said, ["54 seconds left"]);
});

test("where the browser stores nothing it announces as often as elsewhere, and nothing stops", async () => {
  await withoutStorage(() => {
    const speaker = announcer("without");
    for (let round = 0; round < 3; round++) countDown(speaker, 30 * MINUTE, -MINUTE);
    assert.equal(speaker.said.length, 6);
  });
});
