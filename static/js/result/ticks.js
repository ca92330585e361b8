// Ticks arrive, whatever happens: those made before the scripts were there, those whose request failed,
// and those that are still on their way when the page is left.

import { csrfToken } from "../page/csrf.js";

const SEND_AGAIN = 4_000;
const FORM = "form.marks";

const unsent = new Set(); // the forms with ticks that no reply has confirmed yet
const carried = new WeakMap(); // what a request carries, by its xhr

const stateOf = (form) => new URLSearchParams(new FormData(form)).toString();

function sendEarlyTicks() {
  for (const form of document.querySelectorAll(FORM)) {
    const boxes = [...form.querySelectorAll("[type=checkbox], [type=radio]")];
    if (boxes.some((box) => box.checked !== box.defaultChecked)) form.dispatchEvent(new Event("change"));
  }
}

// A request carries all ticks of its form.
function settle({ elt: form, isForeign, xhr }) {
  if (!form.matches(FORM)) return;
  if (isForeign || xhr.status === 0 || xhr.status >= 500) setTimeout(() => form.dispatchEvent(new Event("change")), SEND_AGAIN);
  else if (carried.get(xhr) === stateOf(form)) unsent.delete(form);
}

function sendLastTicks() {
  for (const form of unsent) {
    const body = new URLSearchParams(new FormData(form));
    body.set("csrfmiddlewaretoken", csrfToken());
    navigator.sendBeacon(form.action, body);
  }
}

export function keepTicks() {
  document.addEventListener("htmx:load", sendEarlyTicks, { once: true });
  document.addEventListener("change", ({ target }) => {
    const form = target.closest?.(FORM);
    if (form) unsent.add(form);
  });
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.elt.matches(FORM)) carried.set(detail.xhr, stateOf(detail.elt));
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => settle(detail));
  window.addEventListener("pagehide", sendLastTicks);
}
