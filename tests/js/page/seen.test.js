import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import "../fakes.js";
import { hold, showNew } from "../../../static/js/page/seen.js";

class Button {
  attributes = new Map();
  setAttribute = (name, value) => this.attributes.set(name, value);
  removeAttribute = (name) => this.attributes.delete(name);
  matches = () => true;
  contains = (other) => other === this;
  querySelectorAll = () => [];
  closest = () => this;
  get waits() {
    return this.attributes.get("aria-disabled") === "true";
  }
}

// What scripts that listen later see of an event.
function passes(type, target, more = {}) {
  const event = new Event(type, { cancelable: true });
  Object.defineProperty(event, "target", { value: target });
  let isSeen = false;
  const listener = () => (isSeen = true);
  document.addEventListener(type, listener);
  document.dispatchEvent(Object.assign(event, more));
  document.removeEventListener(type, listener);
  return isSeen && !event.defaultPrevented;
}

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

test("a button that was just shown does not act for a second, and says so", () => {
  const button = new Button();
  showNew(button);
  mock.timers.tick(999);
  assert.deepEqual([button.waits, passes("click", button)], [true, false]);
  mock.timers.tick(1);
  assert.deepEqual([button.waits, passes("click", button)], [false, true]);
});

test("a button that waits for two things waits for both", () => {
  const button = new Button();
  const release = hold(button);
  showNew(button);
  mock.timers.tick(1_000);
  assert.deepEqual([button.waits, passes("click", button)], [true, false]);
  release();
  assert.deepEqual([button.waits, passes("click", button)], [false, true]);
});

test("a key that is held does nothing on a button, nor in what was shown meanwhile", () => {
  const [button, box] = [new Button(), { closest: () => null }];
  const held = { key: "Enter", repeat: true };
  assert.ok(passes("keydown", button, { key: "Enter", repeat: false }));
  assert.ok(!passes("keydown", button, held));
  assert.ok(passes("keydown", box, { key: "a", repeat: true }));
  showNew(button);
  assert.ok(!passes("keydown", box, { key: "a", repeat: true }));
  assert.ok(passes("keydown", box, { key: "a", repeat: false }));
  assert.ok(passes("keydown", box, { key: "a", repeat: true }));
});
