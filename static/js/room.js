// The interview room: binds the clock, the saver and the ways out of trouble to the page.

import { Countdown, MINUTE, Ticker, face, inWords, sinceResponse } from "./clock.js";
import { forgetAll } from "./mirror.js";
import { Outage, isTimeOnOffer, offerLostTime, offerMirrored } from "./offers.js";
import { option, setOption } from "./options.js";
import { alertWith, showTimes } from "./page.js";
import { Saver } from "./saver.js";
import { listenForShortcuts } from "./shortcuts.js";
import { SignIn } from "./signin.js";
import { Speaker } from "./speaker.js";

const ASK_EVERY = 25_000;
const ASK_WHEN_LOST = 5_000;
const MORE_TIME_BEFORE = 2 * MINUTE;

const byId = (id) => document.getElementById(id);
const writer = crypto.randomUUID?.() ?? `${Math.random()}`.slice(2, 18) + Date.now();
const outage = new Outage();
const signIn = new SignIn(() => room.dataset, goOn);
let sequence = 0;
let room = null; // the element #room now bound
let saver = null;
let clock = null;
let speaker = null;
let timeUp = false;
let opening = false; // the next question is on its way
let movedByClock = false; // it comes because time was up, not because somebody pressed a button
let pressed = null; // the button whose request was refused, to be pressed again once signed in
let repeated = null; // the one that was; it gets no third try
let lastAsked = performance.now();

// --- binding ----------------------------------------------------------------------------------

function bind(since) {
  saver?.leave();
  room = byId("room");
  room.querySelector(".dots .now")?.scrollIntoView({ block: "nearest", inline: "center" });
  saver = null;
  opening = false;
  speaker ??= new Speaker(room.dataset.attempt, byId("announcements"));
  const form = byId("answer-form");
  if (form?.elements.text) bindAnswer(form);
  bindClock(since);
}

function bindAnswer(form) {
  form.elements.text.addEventListener("input", countWords);
  saver = new Saver(
    form,
    { attempt: room.dataset.attempt, url: room.dataset.saveUrl, writer, nextSequence: () => ++sequence },
    {
      status: showStatus,
      refused: showError,
      conflict: showConflict,
      closed: look,
      signedOut: () => signIn.needed(),
      reached,
    },
  );
  if (saver.box.getAttribute("aria-invalid")) saver.refuse();
  const conflict = byId("conflict");
  if (!conflict.hidden) {
    saver.halted = true;
    saver.theirs = { text: conflict.querySelector("[data-other]").textContent, revision: Number(conflict.dataset.revision) };
    showStatus("conflict", "Changed in another tab");
  }
  if (saver.box.value === saver.box.defaultValue) {
    saver.box.setSelectionRange(saver.box.value.length, saver.box.value.length); // to go on there
  }
  countWords();
  offerMirrored(room, saver);
}

function bindClock(since) {
  const panel = byId("clock");
  const number = (name) => (panel.dataset[name] ? Number(panel.dataset[name]) : null);
  panel.dataset.bound = "yes";
  clock = new Countdown(
    { left: number("left"), limit: number("limit"), closes: number("closes"), think: number("think") },
    since,
  );
  takeTime();
  showButtons();
}

// There is time left, perhaps again.
function takeTime() {
  timeUp = false;
  if (saver) saver.box.readOnly = false;
}

// --- what the page says -----------------------------------------------------------------------

function showStatus(state, words) {
  const line = byId("save-status");
  if (!line) return;
  line.dataset.state = state;
  line.querySelector("[data-says]").textContent = words;
}

function showError(words) {
  const error = byId("answer-error");
  error.textContent = words ?? "";
  error.hidden = !words;
  if (words) saver.box.setAttribute("aria-invalid", "true");
  else saver.box.removeAttribute("aria-invalid");
}

function countWords() {
  const words = byId("answer").value.trim().split(/\s+/).filter(Boolean).length;
  byId("save-status").querySelector("[data-words]").textContent = `${words} word${words === 1 ? "" : "s"}`;
}

function showConflict(theirs) {
  const conflict = byId("conflict");
  conflict.querySelector("[data-other]").textContent = theirs;
  conflict.hidden = false;
  conflict.querySelector("[data-choose]").focus();
}

// The buttons that do nothing without this script are hidden until it is there. The page before
// the end has none of them.
function showButtons() {
  const [options, toggle] = [byId("show-options"), byId("toggle-timer")];
  if (options) options.hidden = false;
  if (toggle) {
    toggle.hidden = clock.left === null;
    toggle.textContent = option("timer") ? "Hide timer" : "Show timer";
  }
  tick();
}

// --- the clock --------------------------------------------------------------------------------

function tick() {
  const now = performance.now();
  if (now - lastAsked > (outage.isOn ? ASK_WHEN_LOST : ASK_EVERY)) look();
  const left = clock.leftNow;
  if (left === null) return;
  showTime(left);
  speaker.hear(left, clock.limit, option("announcements"));
  if (left <= 0 && !timeUp) ringBell();
  if (timeUp && clock.closesNow <= 0 && now - lastAsked > 1_000) look();
}

function showTime(left) {
  const panel = byId("clock");
  const timer = panel.querySelector("[role=timer]");
  timer.classList.toggle("concealed", !option("timer") && left > MINUTE);
  if (timer.textContent !== face(left)) timer.textContent = face(left);
  panel.classList.toggle("low", left > 0 && left <= MINUTE);
  panel.classList.toggle("over", left <= 0);
  const bar = panel.querySelector("progress");
  if (bar) bar.value = Math.max(0, left);
  const more = byId("more-time");
  if (more) more.hidden = left <= 0 || left > MORE_TIME_BEFORE;
  const thinking = byId("thinking");
  if (!thinking) return;
  thinking.hidden = clock.thinkNow <= 0;
  thinking.querySelector("[data-thinking]").textContent = face(clock.thinkNow);
}

// Time is up by this page's count: what stands in the box leaves at once, then the server decides.
async function ringBell() {
  timeUp = true;
  const overtime = clock.closesNow > 1_000;
  const note = room.querySelector("[data-overtime]");
  if (note) note.hidden = !overtime;
  if (saver && !overtime) saver.box.readOnly = true;
  await saver?.flush("bell");
  if (!overtime) await look();
}

// Ask the server how things stand, and follow it.
async function look() {
  lastAsked = performance.now();
  let face;
  try {
    const reply = await fetch(room.dataset.clockUrl, {
      headers: { "X-Page-Script": "1" },
      signal: AbortSignal.timeout(10_000),
    });
    if (reply.status === 401) return signIn.needed();
    if (!reply.ok) throw new Error(reply.status);
    face = await reply.json();
  } catch {
    return reached(false);
  }
  reached(true);
  return follow(face);
}

async function follow(face) {
  const leftBehind = saver && room.dataset.forward && face.position !== saver.position;
  if (face.running && !leftBehind) {
    clock.set({ left: face.left, limit: face.limit, closes: face.closes });
    if (face.left > 0) takeTime();
    return;
  }
  await saver?.flush("bell");
  if (saver?.failures || isTimeOnOffer()) return; // it goes on when the text is there
  if (face.running) openRoom();
  else location.assign(face.url);
}

async function openRoom() {
  if (opening) return;
  opening = true;
  saver?.leave();
  if (!window.htmx) return location.assign(room.dataset.roomUrl);
  movedByClock = true;
  const swap = { target: "#room", swap: "outerHTML show:window:top" };
  await window.htmx.ajax("GET", room.dataset.roomUrl, swap).catch(() => {});
  setTimeout(() => (opening = false), 1_000); // if nothing came of it, the next look tries again
}

function reached(yes) {
  if (!yes) return outage.begin();
  if (outage.isOn) alertWith("");
  const lost = outage.end();
  if (lost && clock.left !== null) offerLostTime(room, lost, saver, look);
}

// Signed in again: save, and do what was asked for when that failed.
function goOn() {
  saver?.flush("auto");
  [repeated, pressed] = [pressed, null];
  if (repeated?.isConnected) repeated.click();
}

// --- the person's side ------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const { target } = event;
  if (target.dataset.choose && saver?.theirs) {
    event.preventDefault();
    byId("conflict").hidden = true;
    saver.choose(target.dataset.choose).then(countWords);
    saver.box.focus();
  } else if (target.id === "toggle-timer") {
    setOption("timer", !option("timer"));
    showButtons();
  } else if (target.id === "show-options") {
    byId("options").showModal();
  } else if ("close" in target.dataset) {
    target.closest("dialog").close();
  }
});

for (const box of document.querySelectorAll("[data-option]")) {
  box.checked = option(box.dataset.option);
  box.addEventListener("change", () => {
    setOption(box.dataset.option, box.checked);
    if (!option("mirror")) forgetAll();
  });
}

listenForShortcuts(
  () => room,
  () => speaker.say(clock.left === null ? "No time limit" : `${inWords(clock.leftNow)} left`),
);

// --- htmx -------------------------------------------------------------------------------------

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!saver || detail.verb !== "post") return;
  const stamp = saver.stamp();
  Object.assign(detail.parameters, { writer, sequence: stamp, revision: saver.revision });
  // What is typed into a box that is about to go would go with it.
  if (detail.target.id === "room") saver.box.readOnly = true;
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.xhr.status === 401 || detail.xhr.status === 403) {
    if (detail.elt.localName === "button" && detail.elt !== repeated) pressed = detail.elt;
    signIn.needed({ now: true });
  } else {
    repeated = null;
  }
  if (detail.requestConfig.verb !== "post" || detail.target?.id !== "room" || !saver) return;
  if (detail.successful) saver.mirror.forget();
  if (!timeUp) saver.box.readOnly = false;
});

document.addEventListener("htmx:load", () => {
  if (byId("room") !== room) {
    bind(performance.now());
    // Keys that were meant for the question before must not land in the new box.
    if (movedByClock) byId("question").focus();
    movedByClock = false;
    return;
  }
  if (byId("clock").dataset.bound) return;
  bindClock(performance.now());
  if (document.activeElement === document.body) saver?.box.focus(); // what was pressed is gone
});

bind(sinceResponse());
showTimes(room);
new Ticker(tick, look);
