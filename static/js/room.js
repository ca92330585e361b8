// The interview room: connects the clock, the saver and the ways out of trouble to the page.

import { Announcer } from "./announcer.js";
import { Countdown, Ticker, responseStart } from "./clock.js";
import { showButtons, showConflict, showError, showPlace, showStatus, showTime, showWordCount } from "./display.js";
import { bindKeys } from "./keys.js";
import { Login } from "./login.js";
import { forgetAll } from "./mirror.js";
import { option } from "./options.js";
import { Outage, isTimeOffered, offerLostTime } from "./outage.js";
import { showAlert, showTimes } from "./page.js";
import { bindPanel } from "./panel.js";
import "./removed.js";
import { Requests } from "./requests.js";
import { restoreUnsaved, showStranded } from "./restore.js";
import { Saver } from "./saver.js";
import { showNew } from "./seen.js";
import { askNoMore } from "./sure.js";
import { Troubles } from "./troubles.js";
import { askWhere } from "./whereabouts.js";

const ASK_EVERY = 25_000;
const ASK_WHEN_LOST = 5_000;
const MAY_STILL_ARRIVE = 60_000; // a request that the page has given up

const byId = (id) => document.getElementById(id);
const writer = crypto.randomUUID?.() ?? `${Math.random()}`.slice(2, 18) + Date.now();
const outage = new Outage();
const login = new Login(() => room.dataset, repeatRefused);
const troubles = new Troubles((words) => announcer.say(words));
const requests = new Requests(() => saver, writer, {
  locked: lockBox,
  loggedOut,
  known: () => (repeated = null),
  unknown: () => {
    lostUntil = performance.now() + MAY_STILL_ARRIVE;
    askServer();
  },
});
let sequence = 0;
let room = null; // the element #room that this script is bound to
let saver = null;
let clock = null;
let announcer = null;
let isTimeUp = false;
let isOpening = false; // the next question is on its way
let isMovedByClock = false; // it comes because time was up, not because somebody pressed a button
let refused = null; // the button whose request was refused, to be pressed again after logging in
let repeated = null; // the button that was pressed again; it gets no third try
let lastAsked = performance.now();
let lostUntil = -Infinity; // until then a request without a reply may still move the attempt

// --- binding ----------------------------------------------------------------------------------

function bind(since) {
  saver?.leave();
  room = byId("room");
  showPlace(room);
  saver = null;
  isOpening = false;
  lostUntil = -Infinity;
  troubles.forget();
  byId("announcements").textContent = ""; // it was about the question before
  askNoMore();
  showNew(room);
  announcer ??= new Announcer(room.dataset.attempt, byId("announcements"));
  const form = byId("answer-form");
  if (form?.elements.text) bindAnswer(form);
  bindClock(since);
}

function bindAnswer(form) {
  form.elements.text.addEventListener("input", showWordCount);
  saver = new Saver(
    form,
    {
      attempt: room.dataset.attempt,
      url: room.dataset.saveUrl,
      writer,
      nextSequence: () => ++sequence,
      lastSequence: () => sequence,
    },
    {
      status: (state, message) => {
        showStatus(state, message);
        troubles.status(state, message, saver?.failures > 0);
      },
      refused: (message) => {
        showError(message);
        if (message) troubles.tell("refused", message);
      },
      conflict: showConflict,
      closed: askServer,
      loggedOut: () => login.require(),
      reached,
      stranded: showStranded,
    },
  );
  if (saver.box.getAttribute("aria-invalid")) {
    saver.startRefused();
    troubles.tell("refused", byId("answer-error").textContent);
  }
  const conflict = byId("conflict");
  if (!conflict.hidden) {
    saver.isHalted = true;
    saver.theirs = { text: conflict.querySelector("[data-other]").textContent, revision: Number(conflict.dataset.revision) };
    showStatus("conflict", "Changed in another tab");
  }
  if (saver.box.value === saver.box.defaultValue) {
    saver.box.setSelectionRange(saver.box.value.length, saver.box.value.length); // typing goes on at its end
  }
  showWordCount();
  restoreUnsaved(room, saver);
}

function bindClock(since) {
  const panel = byId("clock");
  const number = (name) => (panel.dataset[name] ? Number(panel.dataset[name]) : null);
  panel.dataset.bound = "yes";
  clock = new Countdown(
    { left: number("left"), limit: number("limit"), closes: number("closes"), think: number("think") },
    since,
  );
  haveTime();
  showButtons(clock.left !== null);
  tick();
}

// There is time left, perhaps again.
function haveTime() {
  isTimeUp = false;
  lockBox();
}

function lockBox() {
  if (saver) saver.box.readOnly = requests.isLocked || (isTimeUp && clock.closesNow <= 1_000);
}

// --- the clock --------------------------------------------------------------------------------

function tick() {
  const now = performance.now();
  const isLost = outage.isOn || requests.isUnknown || now < lostUntil;
  if (now - lastAsked > (isLost ? ASK_WHEN_LOST : ASK_EVERY)) askServer();
  saver?.look();
  const left = clock.leftNow;
  if (left === null) return;
  showTime(left, clock.thinkNow);
  announcer.update(left, clock.limit, option("announcements"));
  if (left <= 0 && !isTimeUp) ringBell();
  if (isTimeUp && clock.closesNow <= 0 && now - lastAsked > 1_000) askServer();
}

// Time is up by this page's count: the text in the box is sent at once, then the server decides.
async function ringBell() {
  isTimeUp = true;
  const isOvertime = clock.closesNow > 1_000;
  const note = room.querySelector("[data-overtime]");
  if (note) note.hidden = !isOvertime;
  lockBox();
  await saver?.flush("bell");
  if (!isOvertime) await askServer();
}

// Asks the server where the attempt is now, and follows it there.
async function askServer() {
  lastAsked = performance.now();
  let state;
  try {
    state = await askWhere(room.dataset.clockUrl);
  } catch {
    return reached(false);
  }
  if (!state) return login.require();
  reached(true);
  return follow(state);
}

// state: of the attempt (whereabouts.js).
async function follow(state) {
  if (requests.isOnItsWay) return; // its reply says where to go
  const mayHaveMoved = room.dataset.forward || performance.now() < lostUntil;
  const isElsewhere = mayHaveMoved && state.position !== Number(room.dataset.position);
  if (state.running && !isElsewhere) {
    clock.set({ left: state.left, limit: state.limit, closes: state.closes });
    if (requests.isUnknown) requests.unlock();
    if (state.left > 0) haveTime();
    return;
  }
  await saver?.flush("bell");
  if (saver?.failures || isTimeOffered()) return; // the page moves on when the text has been saved
  if (requests.isUnknown) requests.unlock();
  if (state.running) openRoom();
  else location.assign(state.url);
}

async function openRoom() {
  if (isOpening) return;
  isOpening = true;
  saver?.leave();
  const { roomUrl } = room.dataset;
  // The page before the end, say, has an address of its own.
  if (location.pathname !== roomUrl) return location.replace(roomUrl);
  if (!window.htmx) return location.assign(roomUrl);
  isMovedByClock = true;
  const swap = { target: "#room", swap: "outerHTML show:window:top" };
  await window.htmx.ajax("GET", roomUrl, swap).catch(() => {});
  setTimeout(() => (isOpening = false), 1_000); // if it failed, the next reply of the server tries again
}

function reached(isReached) {
  if (!isReached) return outage.begin();
  if (outage.isOn && !requests.isUnknown) showAlert(""); // a press that did nothing is still to be tried again
  const lost = outage.end();
  if (lost && clock.left !== null) offerLostTime(room, lost, saver, askServer);
}

function loggedOut(button) {
  if (button.localName === "button" && button !== repeated) refused = button;
  login.require({ isPressed: true });
}

// Logged in again: save, and press the button whose request was refused.
function repeatRefused() {
  saver?.flush("auto");
  [repeated, refused] = [refused, null];
  if (repeated?.isConnected) repeated.click();
}

// --- what the person does ---------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const { target } = event;
  if (target.dataset.choose && saver?.theirs) {
    event.preventDefault();
    byId("conflict").hidden = true;
    saver.choose(target.dataset.choose).then(showWordCount);
    saver.box.focus();
  }
});

bindPanel((name) => {
  if (name === "timer") {
    showButtons(clock.left !== null);
    tick();
  } else if (name === "mirror" && option("mirror")) saver?.keep();
  else if (name === "mirror") forgetAll();
});

bindKeys(() => ({ room, saver, clock }), (words) => announcer.say(words));

// --- htmx -------------------------------------------------------------------------------------

document.addEventListener("htmx:load", ({ detail }) => {
  if (detail.elt.id === "flag") showNew(detail.elt);
  if (byId("room") !== room) {
    bind(performance.now());
    // Keys that were meant for the question before must not land in the new box.
    if (isMovedByClock) byId("question")?.focus();
    isMovedByClock = false;
    return;
  }
  if (byId("clock").dataset.bound) return;
  bindClock(performance.now());
  if (document.activeElement === document.body) saver?.box.focus(); // the pressed button is gone
});

bind(responseStart());
showTimes(room);
new Ticker(tick, askServer);
