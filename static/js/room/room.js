// The interview room: connects the clock, the saver and the ways out of trouble to the page.

import { Announcer } from "../clock/announcer.js";
import { Ticker, responseStart } from "../clock/clock.js";
import { Outage, offerLostTime } from "../clock/outage.js";
import { showAlert, showTimes } from "../page/page.js";
import { showNew } from "../page/seen.js";
import { Troubles } from "../saving/troubles.js";
import { forgetAll } from "../storage/mirror.js";
import { Speaking } from "../speaking/speaking.js";
import { option } from "../storage/options.js";
import { bindAnswerBox, bindChoice } from "./answer-box.js";
import { showPlace } from "./display.js";
import { Following } from "./following.js";
import { bindKeys } from "./keyboard/keys.js";
import { askNoMore } from "./keyboard/sure.js";
import { Login } from "./login.js";
import { watchSizes } from "./low-window.js";
import { bindPanel } from "./panel.js";
import { PressAgain } from "./press-again.js";
import "./removed.js";
import { Requests } from "./requests.js";
import { TimeLeft } from "./time-left.js";

const byId = (id) => document.getElementById(id);

let room = null; // the element #room that this script is bound to
let saver = null; // of its answer box, if it has one

const announcer = new Announcer(byId("room").dataset.attempt, byId("announcements"));
const say = (words) => announcer.say(words);
const troubles = new Troubles(say);
const outage = new Outage();
const timeLeft = new TimeLeft(announcer, ringBell);
const login = new Login(() => room.dataset, loggedIn);
const requireLogin = () => login.require();
const pressAgain = new PressAgain();
const requests = new Requests(() => saver, {
  locked: lockBox,
  loggedOut,
  known: () => pressAgain.answered(),
  unknown: () => following.lost(),
});
const following = new Following(() => ({ room, saver }), requests, outage, { stays, loggedOut: requireLogin, reached });
const ask = () => following.ask();
const speaking = new Speaking({ box: () => saver?.box, left: () => timeLeft.clock.leftNow, say });

// --- binding ----------------------------------------------------------------------------------

function bind(since) {
  saver?.leave();
  room = byId("room");
  showPlace(room);
  saver = null;
  following.arrived();
  troubles.forget();
  byId("announcements").textContent = ""; // it was about the question before
  askNoMore();
  showNew(room);
  const form = byId("answer-form");
  if (form?.elements.text) {
    saver = bindAnswerBox(room, form, troubles, { closed: ask, loggedOut: requireLogin, reached });
  }
  bindClock(since);
  speaking.bind(room);
}

function bindClock(since) {
  timeLeft.bind(byId("clock"), since);
  watchSizes();
  lockBox();
  tick();
}

function lockBox() {
  if (saver) saver.box.readOnly = requests.isLocked || timeLeft.isClosing;
}

// --- the clock and the server -----------------------------------------------------------------

function tick() {
  following.askNowAndThen();
  saver?.answer.look();
  timeLeft.tick();
  if (timeLeft.isClosed) following.askOften();
}

// Time is up: the text in the box is sent at once, then the server decides.
async function ringBell(isOvertime) {
  speaking.stop("bell");
  const note = room.querySelector("[data-overtime]");
  if (note) note.hidden = !isOvertime;
  lockBox();
  await saver?.flush("bell");
  if (!isOvertime) await ask();
}

// The attempt is where this page is. state: of the attempt.
function stays(state) {
  timeLeft.set(state);
  if (requests.isUnknown) requests.unlock();
  if (state.left > 0) lockBox();
}

function reached(isReached) {
  if (!isReached) return outage.begin();
  if (outage.isOn && !requests.isUnknown) showAlert(""); // a press that did nothing is still to be tried again
  const lost = outage.end();
  if (lost && timeLeft.isLimited) offerLostTime(room, lost, saver, ask);
}

function loggedOut(button) {
  pressAgain.refused(button);
  login.require({ isPressed: true });
}

function loggedIn() {
  saver?.flush("auto");
  pressAgain.loggedIn();
}

// --- what the person does ---------------------------------------------------------------------

bindChoice(() => saver);

bindPanel((name) => {
  if (name === "timer") {
    timeLeft.showButtons();
    tick();
  } else if (name === "mirror" && option("mirror")) saver?.answer.copy();
  else if (name === "mirror") forgetAll();
});

bindKeys(() => ({ room, saver, clock: timeLeft.clock }), say);

// --- htmx -------------------------------------------------------------------------------------

document.addEventListener("htmx:load", ({ detail }) => {
  if (detail.elt.id === "flag") showNew(detail.elt);
  if (byId("room") !== room) {
    const { isMovedByClock } = following;
    bind(performance.now());
    // Keys that were meant for the question before must not land in the new box.
    if (isMovedByClock) byId("question")?.focus();
    return;
  }
  if (byId("clock").dataset.bound) return;
  bindClock(performance.now());
  if (document.activeElement === document.body) saver?.box.focus(); // the pressed button is gone
});

bind(responseStart());
showTimes(room);
new Ticker(tick, ask);
