// Two offers that the room makes above the answer box: text that this browser still has, and time
// that was lost while the site was out of reach.

import { inWords } from "./clock.js";
import { forget, recall } from "./mirror.js";
import { csrfToken } from "./csrf.js";

const WORTH_GIVING_BACK = 20_000;

const byId = (id) => document.getElementById(id);

// A copy of the template `id`, put below the question.
function notice(room, id) {
  byId(`${id}-notice`)?.remove();
  const element = byId(id).content.firstElementChild.cloneNode(true);
  element.id = `${id}-notice`;
  room.querySelector("h1").after(element);
  return element;
}

export function offerMirrored(room, saver) {
  const { attempt, position } = room.dataset;
  const kept = recall(attempt, position);
  if (!kept) return;
  if (saver.stored?.includes(kept.text.trim())) return forget(attempt, position);
  if (saver.box.value === kept.text) return;
  const offer = notice(room, "mirror");
  offer.querySelector("[data-mirrored]").textContent = kept.text;
  offer.addEventListener("click", ({ target }) => {
    if (!target.dataset.mirror) return;
    if (target.dataset.mirror === "restore") {
      saver.box.value = kept.text;
      saver.box.dispatchEvent(new Event("input", { bubbles: true }));
      saver.flush("auto");
    } else {
      forget(attempt, position);
    }
    offer.remove();
    saver.box.focus();
  });
}

export function isTimeOnOffer() {
  return Boolean(byId("outage-notice"));
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
  const offer = notice(room, "outage");
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
    goOn();
  });
}
