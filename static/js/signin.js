// Back in without leaving the page: a guest by the pass that the page carries, anybody else by a
// sign-in dialog over it.

import { csrfToken } from "./csrf.js";
import { alertWith } from "./page.js";

const PUT_OFF_FOR = 60_000;
const AT_MOST_EVERY = 3_000;

const HEADERS = () => ({ "X-CSRFToken": csrfToken(), "X-Page-Script": "1", "X-Requested-With": "XMLHttpRequest" });

export class SignIn {
  busy = false;
  pressed = false;
  tried = -Infinity;
  putOffUntil = 0;

  // page(): {clockUrl, guestPass, returnUrl}. back(): called when the page is known again.
  constructor(page, back) {
    this.page = page;
    this.back = back;
  }

  // now: somebody pressed a button, so ask at once, even when it was put off a moment ago.
  async needed({ now = false } = {}) {
    this.pressed ||= now;
    if (this.busy) return;
    this.busy = true;
    const pause = now ? 0 : this.tried + AT_MOST_EVERY - performance.now();
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    this.tried = performance.now();
    const known = (await comeBack(this.page())) || (await this.ask());
    this.busy = false;
    if (!known) return;
    this.pressed = false;
    alertWith("");
    this.back();
  }

  async ask() {
    if (!this.pressed && performance.now() < this.putOffUntil) return false;
    this.pressed = false;
    const signedIn = await offerSignIn(this.page().clockUrl);
    this.putOffUntil = signedIn ? 0 : performance.now() + PUT_OFF_FOR;
    return signedIn;
  }
}

// Asking also renews a lost CSRF cookie.
const ask = (clockUrl) => fetch(clockUrl, { headers: { "X-Page-Script": "1" } });

// Resolves to true when the page is known again.
async function comeBack({ clockUrl, guestPass, returnUrl }) {
  try {
    const known = await ask(clockUrl);
    if (known.ok) return true;
    if (known.status !== 401 || !guestPass) return false;
    const body = new URLSearchParams({ pass: guestPass });
    const reply = await fetch(returnUrl, { method: "POST", body, headers: HEADERS() });
    return reply.ok;
  } catch {
    return false;
  }
}

// Resolves to true after signing in, here or in another tab; to false when put off.
function offerSignIn(clockUrl) {
  const dialog = document.getElementById("sign-in");
  const form = dialog.querySelector("form");
  const error = form.querySelector("[role=alert]");
  dialog.showModal();
  return new Promise((resolve) => {
    const done = new AbortController();
    const finish = (back) => {
      done.abort();
      dialog.close();
      form.elements.password.value = "";
      resolve(back);
    };
    const submitted = async (event) => {
      event.preventDefault();
      error.hidden = true;
      const refusal = await send(form).then(reasonOf, () => UNREACHABLE);
      if (!refusal) return finish(true);
      error.textContent = refusal;
      error.hidden = false;
    };
    const shownAgain = async () => {
      if (document.visibilityState !== "visible") return;
      const known = await ask(clockUrl).catch(() => null);
      if (known?.ok && !done.signal.aborted) finish(true);
    };
    dialog.addEventListener("close", () => finish(false), { signal: done.signal });
    form.addEventListener("submit", submitted, { signal: done.signal });
    document.addEventListener("visibilitychange", shownAgain, { signal: done.signal });
  });
}

const UNREACHABLE = "The site can't be reached. Please try again.";

// Why nobody is signed in after this reply; "" when somebody is.
async function reasonOf(reply) {
  if (reply.status === 400) return "That e-mail and password do not fit. Please try again.";
  if (reply.status === 429) return "Too many tries. Please wait a minute, then try again.";
  if (!reply.ok) return UNREACHABLE;
  const { location } = await reply.json().catch(() => ({}));
  if (!location?.includes("/2fa/")) return "";
  return "This account asks for a second factor: please sign in in a new tab, by the link below, and come back.";
}

async function send(form) {
  const url = form.dataset.loginUrl;
  await fetch(url); // makes sure that there is a CSRF cookie
  const body = new URLSearchParams({ login: form.elements.login.value, password: form.elements.password.value });
  return fetch(url, { method: "POST", body, headers: { ...HEADERS(), Accept: "application/json" } });
}
