// Saves the answer box: 1.5 s after the last key, at the latest 10 s after the first unsaved one,
// on leaving the box and when the page is hidden. One save is on its way, at most one waits.

import { csrfToken } from "./csrf.js";
import { UnsavedText } from "./unsaved.js";

const IDLE = 1_500;
const LONGEST = 10_000;
const TIMEOUT = 10_000; // for one request
const RETRY = [1_000, 2_000, 4_000, 8_000];
const KEEPALIVE_LIMIT = 60_000; // bytes; browsers refuse more

const REFUSED = [400, 413, 422]; // sent again, it would be refused again
const TOO_LARGE = "This text is too large to send. Please shorten it; it stays here meanwhile.";

const TIME_OF_DAY = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

// Whether the server may take the same request later.
export const isWorthRetrying = (status) => status >= 500 || status === 408 || status === 429;

// What the status line says of a text that the server does not have.
// isKept: whether this browser keeps the text.
export function notSavedMessage({ isOnline, isKept }) {
  if (!isOnline) return isKept ? "Offline: kept in this browser, sent when you are back" : "Offline: sent when you are back";
  return isKept ? "Not saved yet: retrying (kept in this browser)" : "Not saved yet: retrying";
}

export class Saver {
  // form: #answer-form. page: {attempt, url, writer, nextSequence()}.
  // on: {status(state, message), refused(message), conflict(stored), closed(), loggedOut(), reached(bool)}
  constructor(form, page, on) {
    this.form = form;
    this.box = form.elements.text;
    this.page = page;
    this.on = on;
    this.position = Number(form.elements.position.value);
    this.revision = Number(form.elements.revision.value);
    this.stored = this.box.defaultValue; // what the server has, as far as this page knows
    this.inFlight = null; // the promise of the save that is on its way
    this.nextCause = null; // of the save that waits behind it
    this.failures = 0;
    this.unsaved = new UnsavedText(page.attempt, this.position);
    this.isKept = false; // whether this browser keeps what is not saved
    this.isHalted = false; // a choice between two texts is open, or the question is closed
    form.elements.writer.value = page.writer;
    this.listen();
    if (this.isDirty) this.changed(); // typed before the scripts were there
  }

  listen() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.box.addEventListener("input", () => this.changed(), { signal });
    this.box.addEventListener("blur", () => this.flush("auto"), { signal });
    document.addEventListener("visibilitychange", () => this.flushAtOnce(), { signal });
    window.addEventListener("pagehide", () => this.flushAtOnce(), { signal });
    window.addEventListener("offline", () => this.connectionChanged(), { signal });
    window.addEventListener("online", () => this.connectionChanged(), { signal });
  }

  // After a failure the page can't know what arrived, so there is something to save in any case.
  get isDirty() {
    return this.failures > 0 || this.box.value !== this.stored;
  }

  changed() {
    this.isKept = this.unsaved.keep(this.revision, this.box.value);
    if (this.isHalted) return;
    if (!this.inFlight && !this.isDirty) return this.changedBack();
    if (!this.inFlight && !this.failures) this.on.status("unsaved", "Not saved yet");
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.flush("auto"), IDLE);
    this.latest ??= setTimeout(() => this.flush("auto"), LONGEST);
  }

  // The box holds what the server has.
  changedBack() {
    this.clearTimers();
    this.unsaved.forget();
    this.on.status("new", "Nothing new to save");
  }

  // The page came with a text in the box that the server has refused.
  startRefused() {
    this.stored = null;
    this.changed();
  }

  // The page is hidden or shown, and a hidden page may never run again. So a text that is newer than
  // the save on its way does not wait behind it; the sequence keeps the two in order.
  flushAtOnce() {
    if (this.inFlight && !this.isHalted && this.box.value !== this.sent) this.post("auto").catch(() => {});
    this.flush("auto");
  }

  connectionChanged() {
    if (!navigator.onLine) this.sayNotSaved();
    else if (this.isDirty) this.flush("auto");
    else this.on.status("new", "Saved while you write");
  }

  sayNotSaved({ isOnline = navigator.onLine } = {}) {
    this.on.status(isOnline ? "unsaved" : "offline", notSavedMessage({ isOnline, isKept: this.isKept }));
  }

  // Every form that is sent carries the revision and the next number in this writer's sequence.
  // Returns that number.
  stamp() {
    const { elements } = this.form;
    elements.revision.value = this.revision;
    elements.sequence.value = this.page.nextSequence();
    return elements.sequence.value;
  }

  // cause: "auto", "bell" (time is up) or "chosen" (the person chose this text).
  // Resolves when the text has been sent, or nothing had to be.
  flush(cause) {
    if (this.isHalted || (!this.isDirty && cause !== "chosen")) return Promise.resolve();
    if (this.inFlight) {
      if (this.nextCause !== "bell") this.nextCause = cause;
      return this.inFlight.then(() => this.inFlight);
    }
    this.clearTimers();
    this.inFlight = this.send(cause).finally(() => {
      this.inFlight = null;
      const next = this.nextCause;
      this.nextCause = null;
      if (next && !this.failures && !this.hasLeft) this.flush(next);
    });
    return this.inFlight;
  }

  async send(cause) {
    const text = this.box.value;
    this.on.status("saving", "Saving…");
    let reply;
    try {
      reply = await this.post(cause);
    } catch {
      return this.retryLater(cause);
    }
    if (isWorthRetrying(reply.status)) return this.retryLater(cause);
    this.failures = 0;
    const result = await reply.json().catch(() => ({}));
    if (this.hasLeft) return reply.ok ? this.forgetIf(text) : undefined;
    this.on.reached(true);
    return this.handle(reply.status, result, text);
  }

  // One request with the text that is in the box now.
  post(cause) {
    this.sent = this.box.value;
    this.stamp();
    const body = new FormData(this.form);
    body.set("text", this.sent);
    body.set("cause", cause);
    body.delete("csrfmiddlewaretoken"); // the header below is newer
    const encoded = new URLSearchParams(body); // the server reads it in a seventh of the time
    return fetch(this.page.url, {
      method: "POST",
      body: `${encoded}`.length < KEEPALIVE_LIMIT ? encoded : body,
      headers: { "X-CSRFToken": csrfToken(), "X-Page-Script": "1" },
      // The page may be left while this is on its way.
      keepalive: new Blob([this.sent]).size < KEEPALIVE_LIMIT,
      signal: AbortSignal.timeout(TIMEOUT),
      redirect: "error",
    });
  }

  retryLater(cause) {
    this.failures += 1;
    if (this.hasLeft) return;
    this.on.reached(false);
    this.sayNotSaved();
    const pause = RETRY[Math.min(this.failures, RETRY.length) - 1];
    const next = this.nextCause ?? cause;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.flush(next), pause);
  }

  // text: what was sent.
  handle(status, result, text) {
    if (status === 200) return this.acknowledge(result, text);
    if (status === 409) {
      this.isHalted = true;
      this.theirs = { text: result.stored, revision: result.revision };
      this.refused = text;
      this.on.status("conflict", "Changed in another tab");
      this.on.conflict(result.stored);
    } else if (status === 410) {
      this.isHalted = true;
      this.stored = text;
      this.forgetIf(text);
      this.on.status("late", "Typed after time: kept with your result, not counted");
      this.on.closed();
    } else if (status === 401 || status === 403) {
      if (status === 401) this.on.status("logged-out", "Logged out: log in to save");
      else this.sayNotSaved({ isOnline: true });
      this.on.loggedOut();
    } else if (REFUSED.includes(status)) {
      this.on.status("too-long", "Not saved");
      this.on.refused(result.message ?? TOO_LARGE);
    } else {
      this.on.status("unsaved", "Not saved: this attempt belongs to another account");
    }
  }

  acknowledge(result, text) {
    this.revision = result.revision;
    this.stored = text;
    this.form.elements.revision.value = result.revision;
    this.on.refused("");
    this.forgetIf(text);
    if (this.box.value !== text) {
      this.isKept = this.unsaved.keep(this.revision, this.box.value); // it continues this revision
      this.on.status("unsaved", "Not saved yet");
    } else if (result.verdict === "not-emptied") {
      this.on.status("unsaved", "The box is empty. Your saved answer stays until you submit");
    } else {
      this.on.status("saved", `Saved ${TIME_OF_DAY.format(new Date())}`);
    }
    if (!result.running || !result.open) this.on.closed();
  }

  // The server has this text, so the browser's copy can go, unless the box holds more by now.
  forgetIf(text) {
    if (this.box.value === text) this.unsaved.forget();
  }

  // The person has seen both texts. which: "other", or "mine", after which the server keeps the other.
  async choose(which) {
    if (which === "other") return this.takeTheirs();
    this.isHalted = false;
    return this.flush("chosen");
  }

  async takeTheirs() {
    const mine = this.box.value;
    // The server has the text that it refused. What was written since then is sent to be kept as well.
    const isSent = mine === (this.refused ?? this.stored) || (await this.post("auto").then(() => true, () => false));
    this.isHalted = false;
    this.revision = this.theirs.revision;
    this.box.value = this.theirs.text;
    this.stored = this.theirs.text;
    if (isSent) this.unsaved.forget();
    this.on.status("saved", "Saved: the other text");
  }

  // A reply may come between the swap of the room and the binding of the new one.
  get hasLeft() {
    return this.stop.signal.aborted || !this.box.isConnected;
  }

  clearTimers() {
    clearTimeout(this.idle);
    clearTimeout(this.latest);
    clearTimeout(this.retry);
    this.latest = undefined;
  }

  // From now on the page shows something else. A save that is on its way still arrives.
  leave() {
    this.clearTimers();
    this.stop.abort();
  }
}
