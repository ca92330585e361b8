import assert from "node:assert/strict";
import { test } from "node:test";

import { PressAgain } from "../../../static/js/room/press-again.js";

function buttonOf({ localName = "button", isConnected = true } = {}) {
  const button = { localName, isConnected, presses: 0, click: () => (button.presses += 1) };
  return button;
}

test("the button whose request was refused is pressed once more after logging in", () => {
  const [again, button] = [new PressAgain(), buttonOf()];
  again.refused(button);
  assert.equal(button.presses, 0);
  again.loggedIn();
  again.loggedIn();
  assert.equal(button.presses, 1);
});

test("it gets no third try, but a try of its own after the server has answered", () => {
  const [again, button] = [new PressAgain(), buttonOf()];
  again.refused(button);
  again.loggedIn();
  again.refused(button);
  again.loggedIn();
  assert.equal(button.presses, 1);
  again.refused(button);
  again.loggedIn();
  again.answered();
  again.refused(button);
  again.loggedIn();
  assert.equal(button.presses, 3);
});

for (const [what, made] of [
  ["a form", { localName: "form" }],
  ["a button that is gone", { isConnected: false }],
]) {
  test(`${what} is not pressed`, () => {
    const [again, element] = [new PressAgain(), buttonOf(made)];
    again.refused(element);
    again.loggedIn();
    assert.equal(element.presses, 0);
  });
}
