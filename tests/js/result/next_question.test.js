import "../fakes.js";

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import "../../../static/js/result/next-question.js";
import { setOption } from "../../../static/js/storage/options.js";

let button;
let isAsking;

document.querySelector = (selector) => {
  if (selector === "[data-next]") return button;
  return selector === "dialog[open]" && isAsking ? {} : null;
};

beforeEach(() => {
  button = { presses: 0, click: () => (button.presses += 1) };
  isAsking = false;
  setOption("shortcuts", true);
});

// target: whether the key goes to a box in which one types.
function press(key, { isTyping = false, ...more } = {}) {
  const event = Object.assign(new Event("keydown", { cancelable: true }), { key, ...more });
  Object.defineProperty(event, "target", { value: { closest: () => (isTyping ? {} : null) } });
  document.dispatchEvent(event);
  return event;
}

for (const key of ["n", "N"]) {
  test(`${key} goes on`, () => {
    assert.ok(press(key).defaultPrevented);
    assert.equal(button.presses, 1);
  });
}

for (const [what, key, more] of [
  ["another key", "m"],
  ["an event without a key", undefined],
  ["n in a box", "n", { isTyping: true }],
  ["n that is held", "n", { repeat: true }],
  ["n of an input method", "n", { isComposing: true }],
  ["n of an old input method", "n", { keyCode: 229 }],
  ...["ctrlKey", "altKey", "metaKey"].map((held) => [`n with ${held}`, "n", { [held]: true }]),
  ["n with AltGr", "n", { getModifierState: (name) => name === "AltGraph" }],
]) {
  test(`${what} does not`, () => {
    assert.ok(!press(key, more).defaultPrevented);
    assert.equal(button.presses, 0);
  });
}

test("nothing goes on below an open dialog, or where shortcuts are switched off", () => {
  isAsking = true;
  press("n");
  isAsking = false;
  setOption("shortcuts", false);
  press("n");
  assert.equal(button.presses, 0);
});

test("without a next question the key is a key", () => {
  button = null;
  assert.ok(!press("n").defaultPrevented);
});
