import assert from "node:assert/strict";
import { test } from "node:test";

import { Troubles } from "../../../static/js/saving/troubles.js";

function troubles() {
  const heard = [];
  return Object.assign(new Troubles((words) => heard.push(words)), { heard });
}

test("each trouble is told once, however often a save is tried again", () => {
  const told = troubles();
  for (let tries = 0; tries < 5; tries += 1) {
    told.status("saving", "Saving…", true);
    told.status("unsaved", "Not saved yet: retrying", true);
    told.status("offline", "Offline: sent when you are back", true);
    told.tell("refused", "An answer has at most 20,000 characters.");
  }
  assert.deepEqual(told.heard, [
    "Not saved yet: retrying",
    "Offline: sent when you are back",
    "An answer has at most 20,000 characters.",
  ]);
});

test("typing and saving is told by nothing", () => {
  const told = troubles();
  for (const state of ["unsaved", "saving", "saved", "new"]) told.status(state, state, false);
  assert.deepEqual(told.heard, []);
});

test("the end of a trouble is told once", () => {
  const told = troubles();
  told.status("unsaved", "Not saved yet: retrying", true);
  for (const time of ["14:02:07", "14:02:19"]) told.status("saved", `Saved ${time}`, false);
  assert.deepEqual(told.heard, ["Not saved yet: retrying", "Saved 14:02:07"]);
});

test("a new question begins anew", () => {
  const told = troubles();
  told.status("offline", "Offline", false);
  told.forget();
  told.status("saved", "Saved", false);
  told.status("offline", "Offline", false);
  assert.deepEqual(told.heard, ["Offline", "Offline"]);
});
