import assert from "node:assert/strict";
import { test } from "node:test";

import "../fakes.js";
import { Outage } from "../../../static/js/clock/outage.js";

function passing(t) {
  let now = 1_000;
  t.mock.method(performance, "now", () => now);
  return (milliseconds) => (now += milliseconds);
}

test("an outage is measured from its first failure", (t) => {
  const pass = passing(t);
  const outage = new Outage();
  outage.begin();
  pass(15_000);
  outage.begin();
  pass(15_000);
  assert.equal(outage.isOn, true);
  assert.equal(outage.end(), 30_000);
  assert.equal(outage.isOn, false);
});

test("less than 20 seconds are not worth giving back", (t) => {
  const pass = passing(t);
  const outage = new Outage();
  outage.begin();
  pass(19_999);
  assert.equal(outage.end(), 0);
});

test("without an outage nothing was lost, and a second one starts anew", (t) => {
  const pass = passing(t);
  const outage = new Outage();
  assert.equal(outage.end(), 0);
  outage.begin();
  pass(60_000);
  outage.end();
  pass(60_000);
  outage.begin();
  pass(20_000);
  assert.equal(outage.end(), 20_000);
});
