// Time that was lost while the site was out of reach: measured here, and offered back.

import { inWords } from "./clock.js";
import { csrfToken } from "../page/csrf.js";
import { showNotice } from "../page/notice.js";

const WORTH_GIVING_BACK = 20_000;

// How long the site has been out of reach, as the requests of this page saw it.
export class Outage {
  since = null;

  get isOn() {
    return this.since !== null;
  }

  begin() {
    this.since ??= performance.now();
  }

  // Returns the milliseconds that are worth giving back, else 0.
  end() {
    const lost = this.isOn ? performance.now() - this.since : 0;
    this.since = null;
    return lost >= WORTH_GIVING_BACK ? lost : 0;
  }
}

export function isTimeOffered() {
  return Boolean(document.querySelector(".outage"));
}

// lost: milliseconds. goOn(): called when the person does not want the time.
export function offerLostTime(room, lost, saver, goOn) {
  document.querySelector(".outage")?.remove();
  const notice = showNotice(room, "outage");
  const form = notice.querySelector("form");
  notice.querySelector("[data-lost]").textContent = inWords(lost);
  form.elements.position.value = room.dataset.position;
  form.elements.seconds.value = Math.ceil(lost / 1000);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await saver?.flush("auto");
    form.elements.csrfmiddlewaretoken.value = csrfToken();
    form.submit();
  });
  notice.querySelector("[data-outage]").addEventListener("click", () => {
    notice.remove();
    goOn();
  });
}
