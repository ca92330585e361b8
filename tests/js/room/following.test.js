import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { define, ownReply, settled } from "../fakes.js";

const HERE = { running: true, position: 2, left: 5_000, limit: 60_000, closes: 5_000 };
const ENDED = { running: false, url: "/attempts/a/review/" };

let now; // of performance.now()
let reply; // of the server
let asked; // how often
let visited; // addresses
let said; // what was told to the room

define("location", {
  pathname: "/attempts/a/",
  assign: (url) => visited.push(url),
  replace: (url) => visited.push(url),
});
document.querySelector = () => null; // no time is offered
performance.now = () => now;
const { Following } = await import("../../../static/js/room/following.js");

beforeEach(() => {
  [now, asked, visited, said] = [100_000, 0, [], []];
  reply = () => ownReply(200, HERE);
  define("fetch", async () => {
    asked += 1;
    return reply();
  });
});

// A page that shows question 2.
function pageOf({ saver = null, requests = {}, isForward = true, isOut = false } = {}) {
  const room = { dataset: { clockUrl: "/clock/", roomUrl: "/attempts/a/", position: "2", forward: isForward ? "yes" : "" } };
  const tell = (name) => (...values) => said.push([name, ...values]);
  const on = { stays: tell("stays"), loggedOut: tell("loggedOut"), reached: tell("reached") };
  const following = new Following(() => ({ room, saver }), { unlock: tell("unlock"), ...requests }, { isOn: isOut }, on);
  following.arrived();
  return following;
}

function saverOf(failures = 0) {
  return { failures, flush: async (cause) => said.push(["flush", cause]), leave: () => said.push(["leave"]) };
}

test("a page that is where the attempt is gets its times", async () => {
  await pageOf().ask();
  assert.deepEqual(said, [["reached", true], ["stays", HERE]]);
  assert.deepEqual(visited, []);
});

test("with one clock for all another question is no reason to go", async () => {
  reply = () => ownReply(200, { ...HERE, position: 5 });
  await pageOf({ isForward: false }).ask();
  assert.equal(said.at(-1)[0], "stays");
});

test("the page saves its text, then goes to the question that is open now", async () => {
  reply = () => ownReply(200, { ...HERE, position: 3 });
  await pageOf({ saver: saverOf() }).ask();
  assert.deepEqual(said, [["reached", true], ["flush", "bell"], ["leave"]]);
  assert.deepEqual(visited, ["/attempts/a/"]);
});

test("at the end it goes to the result", async () => {
  reply = () => ownReply(200, ENDED);
  await pageOf({ saver: saverOf() }).ask();
  assert.deepEqual(visited, [ENDED.url]);
});

test("it stays while its text could not be saved", async () => {
  reply = () => ownReply(200, ENDED);
  await pageOf({ saver: saverOf(1) }).ask();
  assert.deepEqual(visited, []);
});

test("while a request is on its way, that one says where to go", async () => {
  reply = () => ownReply(200, ENDED);
  await pageOf({ requests: { isOnItsWay: true } }).ask();
  assert.deepEqual([said, visited], [[["reached", true]], []]);
});

test("a request without a reply may still move the attempt, for a minute", async () => {
  reply = () => ownReply(200, { ...HERE, position: 3 });
  const following = pageOf({ isForward: false });
  following.lost();
  await settled();
  assert.deepEqual(visited, ["/attempts/a/"]);
  following.arrived();
  await following.ask();
  assert.equal(said.at(-1)[0], "stays");
});

const FAILURES = [
  ["a log-in that is gone", () => ownReply(401), [["loggedOut"]]],
  ["a proxy's page", () => new Response("<h1>Maintenance"), [["reached", false]]],
  ["no connection", () => Promise.reject(new TypeError("Failed to fetch")), [["reached", false]]],
];

for (const [what, given, expected] of FAILURES) {
  test(`${what} moves nothing`, async () => {
    reply = given;
    await pageOf().ask();
    assert.deepEqual([said, visited], [expected, []]);
  });
}

const PAUSES = [
  // what, the page, milliseconds
  ["while all is well", {}, 25_000],
  ["while the site is out of reach", { isOut: true }, 5_000],
  ["while a request has no reply", { requests: { isUnknown: true } }, 5_000],
];

for (const [what, page, pause] of PAUSES) {
  test(`it asks every ${pause / 1000} seconds ${what}`, async () => {
    const following = pageOf(page);
    now += pause;
    following.askNowAndThen();
    assert.equal(asked, 0);
    now += 1;
    following.askNowAndThen();
    following.askNowAndThen();
    await settled();
    assert.equal(asked, 1);
  });
}

test("it asks every second when the question takes no more text", async () => {
  const following = pageOf();
  for (const [passed, expected] of [[1_000, 0], [1, 1], [1_000, 1], [1, 2]]) {
    now += passed;
    following.askOften();
    await settled();
    assert.equal(asked, expected);
  }
});
