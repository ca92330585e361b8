import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { define, settled } from "../fakes.js";
import { Reading, textsOf } from "../../../static/js/speaking/reading/reading.js";

let said;
define("SpeechSynthesisUtterance", class { constructor(text) { this.text = text; } });
define("speechSynthesis", { speak: (utterance) => said.push(utterance), cancel: () => said.push("cut") });

beforeEach(() => (said = []));

function reading() {
  const events = [];
  const made = new Reading({ changed: () => events.push(made.isOn), refused: () => events.push("refused") });
  made.voice = { lang: "en-GB" };
  return [made, events];
}

test("texts follow each other, in the voice that was chosen", async () => {
  const [made, events] = reading();
  const isRead = made.read(["one", "two"]);
  said[0].onend();
  await settled();
  said[1].onend();
  assert.equal(await isRead, true);
  assert.deepEqual(said.map(({ text, lang }) => [text, lang]), [["one", "en-GB"], ["two", "en-GB"]]);
  assert.deepEqual(events, [true, false]);
});

test("stopped, nothing more is read, and the end of what was cut off changes nothing", async () => {
  const [made, events] = reading();
  const isRead = made.read(["one", "two"]);
  made.stop();
  said[0].onerror();
  assert.equal(await isRead, false);
  assert.deepEqual([said.length, said[1], events], [2, "cut", [true, false]]);
  made.stop();
  assert.equal(said.length, 2); // other tabs may be speaking
});

test("begun again in the middle it reads from the start", async () => {
  const [made, events] = reading();
  made.read(["one", "two"]);
  made.read(["one", "two"]);
  said[0].onerror();
  await settled();
  assert.equal(made.isOn, true);
  assert.deepEqual(events, [true, false, true]);
});

test("a browser that does not speak is told of once", async () => {
  const [made, events] = reading();
  const isRead = made.read(["one", "two"]);
  said[0].onerror();
  assert.equal(await isRead, false);
  assert.deepEqual([said.length, events], [1, [true, false, "refused"]]);
});

const asked = (heading, text) => ({
  querySelector: (selector) => (selector === "h1" ? heading && { innerText: heading } : text),
});

for (const [what, element, expected] of [
  ["a heading alone", asked("Why?", null), ["Why?"]],
  ["the parts of its text", asked("Why?", { children: [{ innerText: " a " }, { innerText: "" }, { innerText: "b" }] }), ["Why?", "a", "b"]],
  ["a text without parts", asked("Why?", { children: [], innerText: "a" }), ["Why?", "a"]],
  ["nothing", asked(null, null), []],
]) {
  test(`read is ${what}`, () => assert.deepEqual(textsOf(element), expected));
}
