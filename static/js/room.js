// The interview room: binds the clock, the saver and the ways out of trouble to the page.

import { Countdown, MINUTE, Ticker, face, inWords, sinceResponse } from "./clock.js";
import { forget, recall } from "./mirror.js";
import { option, setOption } from "./options.js";
import { csrfToken, showTimes } from "./page.js";
import { Saver } from "./saver.js";
import { comeBack, offerSignIn } from "./signin.js";
import { Speaker } from "./speaker.js";

const ASK_EVERY = 25_000;
const WORTH_GIVING_BACK = 20_000;
const MORE_TIME_BEFORE = 2 * MINUTE;

const byId = (id) => document.getElementById(id);
const writer = crypto.randomUUID?.() ?? `${Math.random()}`.slice(2, 18) + Date.now();
let sequence = 0;
let room = null; // the element #room now bound
let saver = null;
let clock = null;
let speaker = null;
let lostSince = null; // when the site was first out of reach
let timeUp = false;
let lastAsked = performance.now();

// --- binding ----------------------------------------------------------------------------------

function bind(since) {
  saver?.leave();
  room = byId("room");
  timeUp = false;
  saver = null;
  speaker ??= new Speaker(room.dataset.attempt, byId("announcements"));
  bindClock(since);
  const form = byId("answer-form");
  if (!form?.elements.text) return;
  saver = new Saver(
    form,
    { attempt: room.dataset.attempt, url: room.dataset.saveUrl, writer, nextSequence: () => ++sequence },
    {
      status: showStatus,
      refused: showError,
      conflict: showConflict,
      late: look,
      closed: look,
      signedOut,
      reached,
    },
  );
  if (form.elements.text.getAttribute("aria-invalid")) saver.stored = null;
  const conflict = byId("conflict");
  if (!conflict.hidden) {
    saver.halted = true;
    saver.theirs = { text: conflict.querySelector("[data-other]").textContent, revision: Number(conflict.dataset.revision) };
    showStatus("conflict", "Changed in another tab");
  }
  countWords();
  form.elements.text.addEventListener("input", countWords);
  offerMirrored();
}

function bindClock(since) {
  const values = byId("clock").dataset;
  const number = (text) => (text === "" || text === undefined ? null : Number(text));
  clock = new Countdown(
    { left: number(values.left), limit: number(values.limit), closes: number(values.closes), think: number(values.think) },
    since,
  );
  const toggle = byId("toggle-timer");
  if (toggle) toggle.hidden = clock.left === null;
  tick();
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
  saver.box.toggleAttribute("aria-invalid", Boolean(words));
}

function countWords() {
  const words = saver.box.value.trim().split(/\s+/).filter(Boolean).length;
  byId("save-status").querySelector("[data-words]").textContent = `${words} word${words === 1 ? "" : "s"}`;
}

function showConflict(theirs) {
  const conflict = byId("conflict");
  conflict.querySelector("[data-other]").textContent = theirs;
  conflict.hidden = false;
  conflict.querySelector("[data-choose]").focus();
}

function notice(id) {
  byId(`${id}-notice`)?.remove();
  const element = byId(id).content.firstElementChild.cloneNode(true);
  element.id = `${id}-notice`;
  room.querySelector("h1").after(element);
  return element;
}

function offerMirrored() {
  const { attempt, position } = room.dataset;
  const kept = recall(attempt, position);
  if (!kept || kept.text === saver.box.value || !kept.text.trim()) return forget(attempt, position);
  const offer = notice("mirror");
  offer.querySelector("[data-mirrored]").textContent = kept.text;
  offer.addEventListener("click", ({ target }) => {
    if (!target.dataset.mirror) return;
    if (target.dataset.mirror === "restore") {
      saver.box.value = kept.text;
      saver.typed();
      countWords();
      saver.flush("auto");
    } else {
      forget(attempt, position);
    }
    offer.remove();
    saver.box.focus();
  });
}

// --- the clock --------------------------------------------------------------------------------

function tick() {
  const left = clock.leftNow;
  const now = performance.now();
  if (now - lastAsked > ASK_EVERY) look();
  if (left === null) return;
  const timer = room.querySelector("[role=timer]");
  const hidden = !option("timer") && left > MINUTE;
  timer.classList.toggle("concealed", hidden);
  if (timer.textContent !== face(left)) timer.textContent = face(left);
  const panel = byId("clock");
  panel.classList.toggle("low", left > 0 && left <= MINUTE);
  panel.classList.toggle("over", left <= 0);
  const bar = panel.querySelector("progress");
  if (bar) bar.value = Math.max(0, left);
  showThinking();
  const more = byId("more-time");
  if (more) more.hidden = left <= 0 || left > MORE_TIME_BEFORE;
  speaker.hear(left, clock.limit, option("announcements"));
  if (left <= 0 && !timeUp) ringBell();
  if (timeUp && clock.closesNow <= 0 && now - lastAsked > 1_000) look();
}

function showThinking() {
  const line = byId("thinking");
  if (!line) return;
  line.hidden = clock.thinkNow <= 0;
  line.querySelector("[data-thinking]").textContent = face(clock.thinkNow);
}

// Time is up by this page's count: what stands in the box leaves at once, then the server decides.
async function ringBell() {
  timeUp = true;
  const overtime = clock.closesNow > 1_000;
  const note = room.querySelector("[data-overtime]");
  if (note) note.hidden = !overtime;
  if (!saver) return look();
  if (!overtime) saver.box.readOnly = true;
  await saver.flush("bell");
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
    if (reply.status === 401) return signedOut();
    if (!reply.ok) throw new Error(reply.status);
    face = await reply.json();
  } catch {
    return reached(false);
  }
  reached(true);
  follow(face);
}

function follow(face) {
  const undelivered = saver?.isDirty && saver.failures;
  if (!face.running) {
    if (undelivered || byId("outage-notice")) return;
    location.assign(face.url);
    return;
  }
  if (saver && room.dataset.forward && face.position !== saver.position) {
    if (!undelivered) openRoom();
    return;
  }
  clock.set({ left: face.left, limit: face.limit, closes: face.closes });
  if (saver && face.left > 0) {
    timeUp = false;
    saver.box.readOnly = false;
  }
}

function openRoom() {
  saver?.leave();
  return window.htmx.ajax("GET", room.dataset.roomUrl, { target: "#room", swap: "outerHTML show:window:top" });
}

// --- out of reach, signed out -----------------------------------------------------------------

function reached(yes) {
  if (!yes) {
    lostSince ??= performance.now();
    return;
  }
  if (lostSince === null) return;
  const lost = performance.now() - lostSince;
  lostSince = null;
  if (lost >= WORTH_GIVING_BACK && clock.left !== null) offerLostTime(lost);
}

function offerLostTime(lost) {
  const offer = notice("outage");
  const form = offer.querySelector("form");
  offer.querySelector("[data-lost]").textContent = inWords(lost);
  form.elements.position.value = room.dataset.position;
  form.elements.seconds.value = Math.ceil(lost / 1000);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await saver?.flush("auto");
    form.elements.csrfmiddlewaretoken.value = csrfToken();
    form.submit();
  });
  offer.querySelector("[data-outage]").addEventListener("click", () => {
    offer.remove();
    look();
  });
}

let comingBack = false;

async function signedOut() {
  if (comingBack) return;
  comingBack = true;
  const back = (await comeBack(room.dataset)) || (await offerSignIn());
  comingBack = false;
  if (back) saver?.flush("auto");
}

// --- the person's side ------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const { target } = event;
  if (target.dataset.choose && saver?.theirs) {
    event.preventDefault();
    byId("conflict").hidden = true;
    saver.choose(target.dataset.choose);
    countWords();
    saver.box.focus();
  } else if (target.id === "toggle-timer") {
    setOption("timer", !option("timer"));
    showToggle();
  } else if (target.id === "show-options") {
    byId("options").showModal();
  } else if ("close" in target.dataset) {
    target.closest("dialog").close();
  }
});

function showToggle() {
  const toggle = byId("toggle-timer");
  if (!toggle) return;
  toggle.textContent = option("timer") ? "Hide timer" : "Show timer";
  tick();
}

for (const box of document.querySelectorAll("[data-option]")) {
  box.checked = option(box.dataset.option);
  box.addEventListener("change", () => setOption(box.dataset.option, box.checked));
}

document.addEventListener("keydown", (event) => {
  if (!option("shortcuts") || document.querySelector("dialog[open]")) return;
  const plain = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  const chord = event.altKey && event.shiftKey && !event.ctrlKey;
  const press = (selector) => {
    event.preventDefault();
    room.querySelector(selector)?.click();
  };
  if (plain && event.key === "Enter") press("#submit-answer");
  else if (chord && event.code === "KeyF") press("#flag");
  else if (chord && event.code === "KeyS") press("#skip");
  else if (chord && event.code === "KeyT") {
    event.preventDefault();
    speaker.say(clock.left === null ? "No time limit" : `${inWords(clock.leftNow)} left`);
  }
});

// --- htmx -------------------------------------------------------------------------------------

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!saver || detail.verb !== "post") return;
  const stamp = saver.stamp();
  Object.assign(detail.parameters, { writer, sequence: stamp, revision: saver.revision });
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.xhr.status === 401 || detail.xhr.status === 403) signedOut();
  if (detail.successful && detail.target?.id === "room" && saver) forget(room.dataset.attempt, saver.position);
});

document.addEventListener("htmx:load", () => {
  if (byId("room") !== room) bind(performance.now());
  else if (!byId("clock").dataset.bound) bindClock(performance.now());
  byId("clock").dataset.bound = "yes";
  showToggle();
});

bind(sinceResponse());
byId("clock").dataset.bound = "yes";
showToggle();
showTimes(room);
new Ticker(tick, look);
