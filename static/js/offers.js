// Two offers that the room makes above the answer box: text that this browser still has, and time
// that was lost while the site was out of reach.

import { inWords } from "./clock.js";
import { forget, leftOf } from "./mirror.js";
import { csrfToken } from "./csrf.js";

const WORTH_GIVING_BACK = 20_000;

const byId = (id) => document.getElementById(id);

// A copy of the template `id`, put below the question.
function notice(room, id) {
  const element = byId(id).content.firstElementChild.cloneNode(true);
  room.querySelector("h1").after(element);
  return element;
}

// What other boxes could not save of this question: of earlier pages, or of tabs that are gone.
// What this tab had in the box when it was loaded again goes on there without a question: the
// save that left with the old page may still be under way, and is no other text than this one.
export function offerMirrored(room, saver) {
  const others = leftOf(room.dataset.attempt).filter(
    ({ key, position }) => position === saver.position && key !== saver.mirror.key,
  );
  for (const entry of others.reverse()) {
    if (saver.box.value.includes(entry.text.trim())) forget(entry.key);
    else if (entry.mine && goesOn(saver, entry)) take(saver, entry);
    else offer(room, saver, entry);
  }
}

// It stays in this browser until it is left out, or in the box and kept with what stands there.
function offer(room, saver, entry) {
  const element = notice(room, "mirror");
  element.querySelector("[data-mirrored]").textContent = entry.text;
  element.addEventListener("click", ({ target }) => {
    const choice = target.dataset.mirror;
    if (!choice) return;
    if (choice === "restore") take(saver, entry);
    else forget(entry.key);
    element.remove();
    saver.box.focus();
  });
}

function goesOn({ box, stored, revision }, entry) {
  return entry.text.startsWith(box.value) || (box.value === stored && entry.revision === revision);
}

// It takes the place of what it goes on from; anything else stays in the box above it.
function take(saver, entry) {
  const { box } = saver;
  box.value = goesOn(saver, entry) ? entry.text : `${box.value}\n\n${entry.text}`;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  if (saver.kept) forget(entry.key);
  saver.flush("auto");
}

export function isTimeOnOffer() {
  return Boolean(document.querySelector(".outage"));
}

// How long the site has been out of reach, by what the page's requests met.
export class Outage {
  since = null;

  get isOn() {
    return this.since !== null;
  }

  begin() {
    this.since ??= performance.now();
  }

  // Milliseconds that are worth giving back, else 0.
  end() {
    const lost = this.isOn ? performance.now() - this.since : 0;
    this.since = null;
    return lost >= WORTH_GIVING_BACK ? lost : 0;
  }
}

// goOn: what happens when the person waives it.
export function offerLostTime(room, lost, saver, goOn) {
  document.querySelector(".outage")?.remove();
  const element = notice(room, "outage");
  const form = element.querySelector("form");
  element.querySelector("[data-lost]").textContent = inWords(lost);
  form.elements.position.value = room.dataset.position;
  form.elements.seconds.value = Math.ceil(lost / 1000);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await saver?.flush("auto");
    form.elements.csrfmiddlewaretoken.value = csrfToken();
    form.submit();
  });
  element.querySelector("[data-outage]").addEventListener("click", () => {
    element.remove();
    goOn();
  });
}
