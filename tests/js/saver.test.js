import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { define, emptyStorage, settled } from "./fakes.js";
import { Saver, isWorthRetrying, notSavedMessage } from "../../static/js/saver.js";
import { unsavedOf } from "../../static/js/unsaved.js";

let server; // the requests that have arrived, each to be answered by the test
let said; // what the saver told the page, oldest first
let saver;

beforeEach(() => {
  emptyStorage();
  mock.timers.enable({ apis: ["setTimeout"] });
  server = [];
  said = [];
  define("navigator", { onLine: true });
  define("fetch", (url, { body, keepalive }) =>
    new Promise((resolve, reject) => {
      const answer = async (status, result = {}) => {
        resolve({ status, ok: status === 200, json: async () => result });
        await settled();
      };
      const fail = async () => {
        reject(new TypeError("Failed to fetch"));
        await settled();
      };
      server.push({ url, keepalive, ...Object.fromEntries(body), answer, fail });
    }),
  );
  saver = saverOf("");
});

afterEach(() => {
  saver.leave();
  mock.timers.reset();
});

// The saver of a box that came with `value`, which is what the server has, as revision 3.
function saverOf(value) {
  const text = Object.assign(new EventTarget(), { value, defaultValue: value, isConnected: true });
  const fields = { position: { value: "1" }, revision: { value: "3" }, writer: {}, sequence: {} };
  const form = { elements: { text, ...fields, csrfmiddlewaretoken: { value: "old" } } };
  let sequence = 0;
  const page = { attempt: "a", url: "/save/", writer: "me", nextSequence: () => ++sequence };
  const on = Object.fromEntries(
    ["status", "refused", "conflict", "closed", "loggedOut", "reached"].map((name) => [
      name,
      (...values) => said.push([name, ...values]),
    ]),
  );
  return new Saver(form, page, on);
}

function type(text) {
  saver.box.value = text;
  saver.box.dispatchEvent(new Event("input"));
}

const ACCEPTED = { verdict: "accepted", revision: 4, running: true, open: true };

// What the status line shows, as a state.
const state = () => said.findLast(([name]) => name === "status")?.[1];
const told = (name) => said.filter(([what]) => what === name).map(([, value]) => value);
const kept = () => unsavedOf("a").map(({ text }) => text);

// --- when it saves ------------------------------------------------------------------------------

test("a save leaves 1.5 seconds after the last key", () => {
  type("a");
  mock.timers.tick(1_400);
  type("ab");
  mock.timers.tick(1_499);
  assert.equal(server.length, 0);
  mock.timers.tick(1);
  assert.deepEqual(server.map(({ text, cause }) => [text, cause]), [["ab", "auto"]]);
});

test("typing without a pause is saved 10 seconds after the first unsaved key", () => {
  for (let second = 1; second <= 10; second++) {
    type("x".repeat(second));
    mock.timers.tick(1_000);
  }
  assert.deepEqual(server.map(({ text }) => text), ["x".repeat(10)]);
});

test("a save carries what the server's protocol needs, and no old token", () => {
  type("a");
  saver.flush("auto");
  const [{ url, position, revision, writer, sequence, keepalive, csrfmiddlewaretoken }] = server;
  assert.deepEqual([url, position, revision, sequence], ["/save/", "1", "3", "1"]);
  assert.equal(writer, "me");
  assert.equal(keepalive, true);
  assert.equal(csrfmiddlewaretoken, undefined);
});

test("leaving the box saves at once, when there is something to save", () => {
  saver.box.dispatchEvent(new Event("blur"));
  assert.equal(server.length, 0);
  type("a");
  saver.box.dispatchEvent(new Event("blur"));
  assert.equal(server.length, 1);
});

test("text typed before the scripts were there is saved", () => {
  saver.leave();
  const { form, page, on, box } = saver;
  box.value = "typed early";
  saver = new Saver(form, page, on);
  mock.timers.tick(1_500);
  assert.deepEqual(server.map(({ text }) => text), ["typed early"]);
});

test("text that is typed and taken back is not sent", () => {
  type("a");
  type("");
  mock.timers.tick(20_000);
  assert.equal(server.length, 0);
  assert.equal(state(), "new");
  assert.deepEqual(kept(), []);
});

// --- one on its way, one waits ------------------------------------------------------------------

test("while a save is on its way the newest text waits, and starts from the new revision", async () => {
  type("a");
  saver.flush("auto");
  type("ab");
  saver.flush("auto");
  type("abc");
  saver.flush("auto");
  assert.equal(server.length, 1);
  await server[0].answer(200, ACCEPTED);
  assert.deepEqual(server.map(({ text, revision, sequence }) => [text, revision, sequence]), [
    ["a", "3", "1"],
    ["abc", "4", "2"],
  ]);
});

test("a save at the bell keeps its cause while it waits", async () => {
  type("a");
  saver.flush("auto");
  type("ab");
  saver.flush("bell");
  saver.flush("auto");
  await server[0].answer(200, ACCEPTED);
  assert.equal(server[1].cause, "bell");
});

test("flush resolves only when the text that waited has been answered", async () => {
  type("a");
  saver.flush("auto");
  type("ab");
  let isDone = false;
  saver.flush("bell").then(() => (isDone = true));
  await server[0].answer(200, ACCEPTED);
  assert.equal(isDone, false);
  await server[1].answer(200, { ...ACCEPTED, revision: 5 });
  assert.equal(isDone, true);
});

test("a page that is hidden does not let newer text wait", () => {
  type("a");
  saver.flush("auto");
  type("ab");
  document.dispatchEvent(new Event("visibilitychange"));
  assert.deepEqual(server.map(({ text, sequence }) => [text, sequence]), [
    ["a", "1"],
    ["ab", "2"],
  ]);
});

test("a page that is hidden sends nothing twice", () => {
  type("a");
  saver.flush("auto");
  document.dispatchEvent(new Event("visibilitychange"));
  window.dispatchEvent(new Event("pagehide"));
  assert.equal(server.length, 1);
});

// --- what the server answers --------------------------------------------------------------------

test("it says saved when the server has answered, and forgets the browser's copy", async () => {
  type("a");
  saver.flush("auto");
  assert.equal(state(), "saving");
  assert.deepEqual(kept(), ["a"]);
  await server[0].answer(200, ACCEPTED);
  assert.equal(state(), "saved");
  assert.deepEqual(kept(), []);
  assert.equal(saver.revision, 4);
});

test("an answer to an older text leaves the newer one unsaved and kept", async () => {
  type("a");
  saver.flush("auto");
  type("ab");
  await server[0].answer(200, ACCEPTED);
  assert.equal(state(), "unsaved");
  assert.deepEqual(unsavedOf("a").map(({ revision, text }) => [revision, text]), [[4, "ab"]]);
});

test("an emptied box is not called saved when the server keeps the answer", async () => {
  saver.leave();
  saver = saverOf("an answer");
  type("");
  saver.flush("auto");
  await server[0].answer(200, { ...ACCEPTED, verdict: "not-emptied" });
  assert.equal(state(), "unsaved");
});

test("when the question is closed the page looks where the attempt is", async () => {
  type("a");
  saver.flush("bell");
  await server[0].answer(200, { ...ACCEPTED, open: false });
  assert.equal(told("closed").length, 1);
});

test("text that came too late is kept by the server, and nothing more is sent", async () => {
  type("a");
  saver.flush("auto");
  await server[0].answer(410);
  assert.equal(state(), "late");
  assert.deepEqual(kept(), []);
  assert.equal(told("closed").length, 1);
  type("ab");
  mock.timers.tick(20_000);
  assert.equal(server.length, 1);
  assert.deepEqual(kept(), ["ab"]); // the result page sends it
});

for (const status of [401, 403]) {
  test(`${status} asks to log in; the text stays and goes out afterwards`, async () => {
    type("a");
    saver.flush("auto");
    await server[0].answer(status);
    assert.equal(told("loggedOut").length, 1);
    assert.equal(state(), status === 401 ? "logged-out" : "unsaved");
    assert.deepEqual(kept(), ["a"]);
    saver.flush("auto");
    assert.deepEqual(server.map(({ text }) => text), ["a", "a"]);
  });
}

test("a text that the server refuses is not sent again until it changes", async () => {
  type("too long");
  saver.flush("auto");
  await server[0].answer(422, { message: "Too long." });
  assert.equal(state(), "too-long");
  assert.deepEqual(told("refused"), ["Too long."]);
  mock.timers.tick(60_000);
  assert.equal(server.length, 1);
  type("short");
  mock.timers.tick(1_500);
  await server[1].answer(200, ACCEPTED);
  assert.deepEqual(told("refused").at(-1), "");
  assert.equal(state(), "saved");
});

// --- failures -----------------------------------------------------------------------------------

test("a save that fails is tried again after 1, 2, 4, 8 and 8 seconds", async () => {
  type("a");
  saver.flush("auto");
  for (const [tries, pause] of [1_000, 2_000, 4_000, 8_000, 8_000].entries()) {
    await server[tries].fail();
    assert.equal(state(), "unsaved");
    mock.timers.tick(pause - 1);
    assert.equal(server.length, tries + 1);
    mock.timers.tick(1);
    assert.equal(server.length, tries + 2);
  }
  assert.deepEqual(told("reached"), [false, false, false, false, false]);
  await server[5].answer(200, ACCEPTED);
  assert.equal(told("reached").at(-1), true);
  assert.equal(state(), "saved");
});

test("after a failure the text is sent again even if it was taken back meanwhile", async () => {
  type("a");
  saver.flush("auto");
  await server[0].fail();
  type("");
  mock.timers.tick(1_500);
  assert.equal(server[1].text, "");
});

test("the save at the bell that waited behind a failure keeps its cause", async () => {
  type("a");
  saver.flush("auto");
  saver.flush("bell");
  await server[0].fail();
  mock.timers.tick(1_000);
  assert.equal(server[1].cause, "bell");
});

test("a reply of a busy or broken server counts as a failure", async () => {
  assert.deepEqual([500, 503, 408, 429].map(isWorthRetrying), [true, true, true, true]);
  assert.deepEqual([200, 401, 409, 410, 413, 422].map(isWorthRetrying), Array(6).fill(false));
  type("a");
  saver.flush("auto");
  await server[0].answer(503);
  mock.timers.tick(1_000);
  assert.equal(server.length, 2);
});

test("offline it says so, and sends when the connection is back", async () => {
  type("a");
  navigator.onLine = false;
  window.dispatchEvent(new Event("offline"));
  assert.equal(state(), "offline");
  navigator.onLine = true;
  window.dispatchEvent(new Event("online"));
  assert.equal(server.length, 1);
});

test("what it says of unsaved text promises a copy only where there is one", () => {
  const messages = [];
  for (const isOnline of [true, false]) {
    assert.match(notSavedMessage({ isOnline, isKept: true }), /kept in this browser/);
    assert.doesNotMatch(notSavedMessage({ isOnline, isKept: false }), /kept/);
    messages.push(notSavedMessage({ isOnline, isKept: false }));
  }
  assert.notEqual(...messages);
});

// --- two texts ----------------------------------------------------------------------------------

async function conflict() {
  type("mine");
  saver.flush("auto");
  await server[0].answer(409, { stored: "theirs", revision: 9 });
}

test("a conflict shows both texts, and nothing is sent until the person chooses", async () => {
  await conflict();
  assert.equal(state(), "conflict");
  assert.deepEqual(told("conflict"), ["theirs"]);
  type("mine, and more");
  mock.timers.tick(20_000);
  assert.equal(server.length, 1);
  assert.deepEqual(kept(), ["mine, and more"]);
});

test("choosing the own text sends it as chosen", async () => {
  await conflict();
  saver.choose("mine");
  assert.deepEqual([server[1].text, server[1].cause], ["mine", "chosen"]);
  await server[1].answer(200, { ...ACCEPTED, revision: 10 });
  assert.equal(state(), "saved");
});

test("choosing the other text needs no request, because the server keeps the own one", async () => {
  await conflict();
  await saver.choose("other");
  assert.equal(server.length, 1);
  assert.deepEqual([saver.box.value, saver.revision, state()], ["theirs", 9, "saved"]);
  assert.deepEqual(kept(), []);
});

test("what was written while the choice was open is sent before the box changes", async () => {
  await conflict();
  type("mine, and more");
  const chosen = saver.choose("other");
  assert.equal(server[1].text, "mine, and more");
  assert.equal(saver.box.value, "mine, and more");
  await server[1].answer(409);
  await chosen;
  assert.equal(saver.box.value, "theirs");
  assert.deepEqual(kept(), []);
});

test("where that cannot be sent, this browser keeps it", async () => {
  await conflict();
  type("mine, and more");
  const chosen = saver.choose("other");
  await server[1].fail();
  await chosen;
  assert.equal(saver.box.value, "theirs");
  assert.deepEqual(kept(), ["mine, and more"]);
});

// --- leaving ------------------------------------------------------------------------------------

test("a question that was left sends nothing more and says nothing", async () => {
  type("a");
  saver.leave();
  mock.timers.tick(20_000);
  assert.equal(server.length, 0);
});

test("a save that is on its way when the question is left still clears the browser's copy", async () => {
  type("a");
  saver.flush("auto");
  saver.leave();
  const before = said.length;
  await server[0].answer(200, ACCEPTED);
  assert.deepEqual(kept(), []);
  assert.equal(said.length, before);
});

test("a reply that comes when another question has replaced the box says nothing", async () => {
  type("a");
  saver.flush("auto");
  saver.box.isConnected = false;
  const before = said.length;
  await server[0].answer(200, ACCEPTED);
  assert.equal(said.length, before);
});
