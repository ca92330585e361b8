// Logs a page in again without leaving it: a guest by the pass that the page carries, a user by a
// dialog over the page.

import { COOKIES_NEEDED, refusesCookies } from "../page/cookies.js";
import { csrfToken } from "../page/csrf.js";
import { ownReply } from "../page/own-reply.js";
import { showAlert } from "../page/page.js";

const PUT_OFF_FOR = 60_000;
const AT_MOST_EVERY = 3_000;

const headers = () => ({ "X-CSRFToken": csrfToken(), "X-Page-Script": "1", "X-Requested-With": "XMLHttpRequest" });

export class Login {
  isBusy = false;
  isPressed = false;
  lastTried = -Infinity;
  putOffUntil = 0;

  // page(): {clockUrl, guestPass, returnUrl}. loggedIn(): called when the server knows the page again.
  constructor(page, loggedIn) {
    this.page = page;
    this.loggedIn = loggedIn;
  }

  // isPressed: somebody pressed a button, so ask at once, even if it was put off a moment ago.
  async require({ isPressed = false } = {}) {
    this.isPressed ||= isPressed;
    if (this.isBusy) return;
    this.isBusy = true;
    const pause = isPressed ? 0 : this.lastTried + AT_MOST_EVERY - performance.now();
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    this.lastTried = performance.now();
    const isKnown = (await returnAsGuest(this.page())) || (await this.ask());
    this.isBusy = false;
    if (!isKnown) return;
    this.isPressed = false;
    showAlert("");
    this.loggedIn();
  }

  async ask() {
    if (!this.isPressed && performance.now() < this.putOffUntil) return false;
    this.isPressed = false;
    if (refusesCookies()) {
      showAlert(COOKIES_NEEDED); // a log-in would be refused again and again
      return false;
    }
    const isLoggedIn = await showDialog(this.page().clockUrl);
    this.putOffUntil = isLoggedIn ? 0 : performance.now() + PUT_OFF_FOR;
    return isLoggedIn;
  }
}

// Asks who the server takes this page for. The reply also renews a lost CSRF cookie.
const askServer = (clockUrl) => fetch(clockUrl, { headers: { "X-Page-Script": "1" } }).then(ownReply);

// Resolves to whether the server knows the page, perhaps again by the guest's pass.
async function returnAsGuest({ clockUrl, guestPass, returnUrl }) {
  try {
    const reply = await askServer(clockUrl);
    if (reply.json) return reply.ok;
    if (reply.status !== 401 || !guestPass) return false;
    const body = new URLSearchParams({ pass: guestPass });
    const returned = await fetch(returnUrl, { method: "POST", body, headers: headers() });
    return (await ownReply(returned)).ok;
  } catch {
    return false;
  }
}

// Resolves to true after logging in, here or in another tab; to false when put off.
function showDialog(clockUrl) {
  const form = document.querySelector("form[data-login-url]");
  const dialog = form.closest("dialog");
  const error = form.querySelector("[role=alert]");
  dialog.showModal();
  return new Promise((resolve) => {
    const done = new AbortController();
    const finish = (isLoggedIn) => {
      done.abort();
      // Chromium leaves the caret in the closed dialog after a click there, and keys would be lost.
      getSelection().removeAllRanges();
      dialog.close();
      form.elements.password.value = "";
      resolve(isLoggedIn);
    };
    const submit = async (event) => {
      event.preventDefault();
      error.hidden = true;
      const refusal = await send(form).then(refusalOf).catch(() => UNREACHABLE);
      if (!refusal) return finish(true);
      error.textContent = refusal;
      error.hidden = false;
    };
    const checkOtherTab = async () => {
      if (document.visibilityState !== "visible") return;
      const reply = await askServer(clockUrl).catch(() => null);
      if (reply?.ok && reply.json && !done.signal.aborted) finish(true);
    };
    dialog.addEventListener("close", () => finish(false), { signal: done.signal });
    form.addEventListener("submit", submit, { signal: done.signal });
    document.addEventListener("visibilitychange", checkOtherTab, { signal: done.signal });
  });
}

const UNREACHABLE = "The site can't be reached. Please try again.";

// Why this reply did not log the person in; "" if it did. Rejects if it is no reply of this site.
export async function refusalOf(response) {
  const reply = await ownReply(response);
  if (reply.status === 403 && refusesCookies()) return COOKIES_NEEDED;
  if (reply.status === 400) return "This email and password do not match. Please try again.";
  if (reply.status === 429) return "Too many tries. Please wait a minute, then try again.";
  const location = reply.ok && reply.json?.location;
  if (typeof location !== "string") return UNREACHABLE;
  if (!location.includes("/2fa/")) return "";
  return "This account needs a second factor. Please log in in a new tab, with the link below, then come back.";
}

async function send(form) {
  const url = form.dataset.loginUrl;
  await fetch(url); // makes sure that there is a CSRF cookie
  const body = new URLSearchParams({ login: form.elements.login.value, password: form.elements.password.value });
  return fetch(url, { method: "POST", body, headers: { ...headers(), Accept: "application/json" } });
}
