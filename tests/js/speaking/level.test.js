import assert from "node:assert/strict";
import { test } from "node:test";

import { define } from "../fakes.js";
import { loudnessOf, watchLevel, wordFor } from "../../../static/js/speaking/recording/level.js";
import { lengthInWords, lengthOf } from "../../../static/js/speaking/recording/lengths.js";

const wave = (height) => Uint8Array.from({ length: 256 }, (_, index) => 128 + height * Math.sin(index));

for (const [what, samples, word] of [
  ["silence", wave(0), "no sound"],
  ["the noise of a device", Uint8Array.from({ length: 256 }, (_, index) => 128 + (index % 64 === 0)), "no sound"],
  ["a whisper", wave(1), "quiet"],
  ["a voice", wave(40), "clear"],
  ["a voice that is too loud", wave(127), "clear"],
]) {
  test(`${what} is ${word}`, () => assert.equal(wordFor(loudnessOf(samples)), word));
}

test("loudness is between 0 and 1, and grows with the sound", () => {
  const levels = [0, 2, 10, 40, 127].map((height) => loudnessOf(wave(height)));
  assert.ok(levels.every((level, index) => level >= 0 && level <= 1 && (index === 0 || level > levels[index - 1])));
});

test("a browser that cannot measure shows no level, and nothing throws", () => {
  define("AudioContext", class { constructor() { throw new Error("none left"); } });
  watchLevel({}, assert.fail)();
});

for (const [milliseconds, clock, words] of [
  [0, "0:00", "0 s"],
  [999, "0:01", "1 s"],
  [59_499, "0:59", "59 s"],
  [60_000, "1:00", "1 min"],
  [92_000, "1:32", "1 min 32 s"],
  [600_000, "10:00", "10 min"],
  [-5, "0:00", "0 s"],
]) {
  test(`${milliseconds} ms are ${clock}, ${words}`, () => {
    assert.deepEqual([lengthOf(milliseconds), lengthInWords(milliseconds)], [clock, words]);
  });
}
