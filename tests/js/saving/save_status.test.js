import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { define } from "../fakes.js";
import { SaveStatus, notSavedMessage } from "../../../static/js/saving/save-status.js";

let shown;
let isKept;
let status;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  define("navigator", { onLine: false });
  [shown, isKept] = [[], false];
  status = new SaveStatus((state, message) => shown.push([state, message]), () => isKept);
});

const claims = () => /kept in this browser/.test(shown.at(-1)[1]);

test("what it says of unsaved text promises a copy only where there is one", () => {
  const messages = [];
  for (const isOnline of [true, false]) {
    assert.match(notSavedMessage({ isOnline, isKept: true }), /kept in this browser/);
    assert.doesNotMatch(notSavedMessage({ isOnline, isKept: false }), /kept/);
    messages.push(notSavedMessage({ isOnline, isKept: false }));
  }
  assert.notEqual(...messages);
});

test("the copy is claimed once it is complete, and not before", () => {
  status.sayNotSaved();
  assert.equal(claims(), false);
  isKept = true;
  status.changed();
  mock.timers.tick(500);
  assert.equal(claims(), true);
});

test("with more text the claim goes at once, and comes back when that is kept and the keys rest", () => {
  isKept = true;
  status.sayNotSaved();
  assert.equal(claims(), true);
  isKept = false;
  status.changed();
  assert.equal(claims(), false);
  isKept = true;
  status.changed();
  mock.timers.tick(499);
  assert.equal(claims(), false);
  mock.timers.tick(1);
  assert.equal(claims(), true);
});

test("what is said meanwhile stays", () => {
  status.sayNotSaved();
  isKept = true;
  status.changed();
  status.saySaved();
  mock.timers.tick(1_000);
  assert.equal(shown.at(-1)[0], "saved");
});

test("a question that was left says nothing more", () => {
  status.sayNotSaved();
  status.changed();
  status.leave();
  mock.timers.tick(1_000);
  assert.equal(shown.length, 1);
});
