// Saves the answer box: 1.5 s after the last key, at the latest 10 s after the first unsaved one,
// on leaving the box and when the page is hidden. One save is on its way, at most one waits.

import { csrfToken } from "./page.js";
import { forget, remember } from "./mirror.js";

const IDLE = 1_500;
const LONGEST = 10_000;
const PATIENCE = 10_000; // for one request
const RETRY = [1_000, 2_000, 4_000, 8_000];
const KEEPALIVE_LIMIT = 60_000; // bytes; browsers refuse more

export class Saver {
  // form: #answer-form. page: {attempt, url, writer, nextSequence()}.
  // on: {status(state, words), conflict(stored), late(), closed(), signedOut(), reached(bool)}
  constructor(form, page, on) {
    this.form = form;
    this.box = form.elements.text;
    this.page = page;
    this.on = on;
    this.position = Number(form.elements.position.value);
    this.revision = Number(form.elements.revision.value);
    this.stored = this.box.value; // what the server has, as far as this page knows
    this.flying = null;
    this.waiting = null;
    this.failures = 0;
    this.halted = false; // a choice between two texts is open, or the question is closed
    form.elements.writer.value = page.writer;
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.box.addEventListener("input", () => this.typed(), { signal });
    this.box.addEventListener("blur", () => this.flush("auto"), { signal });
    window.addEventListener("online", () => this.flush("auto"), { signal });
    document.addEventListener("visibilitychange", () => this.flush("auto"), { signal });
    window.addEventListener("pagehide", () => this.flush("auto"), { signal });
  }

  get isDirty() {
    return this.box.value !== this.stored;
  }

  typed() {
    remember(this.page.attempt, this.position, this.revision, this.box.value);
    if (this.halted) return;
    if (!this.flying && !this.failures) this.on.status("unsaved", "Not saved yet");
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.flush("auto"), IDLE);
    this.latest ??= setTimeout(() => this.flush("auto"), LONGEST);
  }

  // What a form sends along: the next place in this writer's sequence.
  stamp() {
    const { elements } = this.form;
    elements.revision.value = this.revision;
    elements.sequence.value = this.page.nextSequence();
    return elements.sequence.value;
  }

  flush(cause) {
    if (this.halted || (!this.isDirty && cause !== "chosen" && cause !== "bell")) return Promise.resolve();
    if (this.flying) {
      this.waiting = cause;
      return this.flying.then(() => this.flying);
    }
    clearTimeout(this.idle);
    clearTimeout(this.latest);
    clearTimeout(this.retry);
    this.latest = undefined;
    this.flying = this.send(cause).finally(() => {
      this.flying = null;
      const next = this.waiting ?? (this.isDirty && !this.failures ? "auto" : null);
      this.waiting = null;
      if (next && !this.failures && !this.stop.signal.aborted) this.flush(next);
    });
    return this.flying;
  }

  async send(cause) {
    const text = this.box.value;
    this.on.status("saving", "Saving…");
    this.stamp();
    const body = new FormData(this.form);
    body.set("text", text);
    body.set("cause", cause);
    body.delete("csrfmiddlewaretoken"); // the header below is younger
    let reply;
    try {
      reply = await fetch(this.page.url, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": csrfToken(), "X-Page-Script": "1" },
        keepalive: document.visibilityState === "hidden" && new Blob([text]).size < KEEPALIVE_LIMIT,
        signal: AbortSignal.timeout(PATIENCE),
        redirect: "error",
      });
    } catch {
      return this.missed(cause, navigator.onLine ? "unsaved" : "offline");
    }
    if (reply.status >= 500 || reply.status === 408 || reply.status === 429) return this.missed(cause, "unsaved");
    this.failures = 0;
    this.on.reached(true);
    const result = await reply.json().catch(() => ({}));
    return this.heed(reply.status, result, text, cause);
  }

  missed(cause, state) {
    this.failures += 1;
    this.on.reached(false);
    const words =
      state === "offline"
        ? "Offline: kept in this browser, sent when you are back"
        : "Not saved yet: retrying (kept in this browser)";
    this.on.status(state, words);
    const pause = RETRY[Math.min(this.failures, RETRY.length) - 1];
    if (!this.stop.signal.aborted) this.retry = setTimeout(() => this.flush(cause), pause);
  }

  heed(status, result, text, cause) {
    if (status === 200) return this.acknowledged(result, text);
    if (status === 409) {
      this.halted = true;
      this.theirs = { text: result.stored, revision: result.revision };
      this.on.status("conflict", "Changed in another tab");
      this.on.conflict(result.stored);
    } else if (status === 410) {
      this.halted = true;
      this.stored = text;
      forget(this.page.attempt, this.position);
      this.on.status("late", "Typed after time: kept with your result, not counted");
      this.on.late();
    } else if (status === 401) {
      this.on.status("signed-out", "Signed out: sign in to save");
      this.on.signedOut(cause);
    } else if (status === 403) {
      this.on.status("unsaved", "Not saved yet: retrying (kept in this browser)");
      this.on.signedOut(cause);
    } else if (status === 422) {
      this.on.status("too-long", "Not saved");
      this.on.refused(result.message);
    } else {
      this.on.status("unsaved", "Not saved: this attempt belongs to another sign-in");
    }
  }

  acknowledged(result, text) {
    this.revision = result.revision;
    this.stored = text;
    this.form.elements.revision.value = result.revision;
    this.on.refused("");
    if (this.box.value === text) forget(this.page.attempt, this.position);
    if (result.verdict === "not-emptied") {
      this.on.status("unsaved", "The box is empty; the answer saved before stays until you submit");
    } else {
      const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
      this.on.status("saved", `Saved ${time.format(new Date())}`);
    }
    if (!result.running || !result.open) this.on.closed();
  }

  // The person has seen both texts.
  choose(which) {
    this.halted = false;
    this.revision = this.theirs.revision;
    if (which === "other") {
      this.box.value = this.theirs.text;
      this.stored = this.theirs.text;
      forget(this.page.attempt, this.position);
      this.on.status("saved", "Saved: the text from elsewhere");
      return Promise.resolve();
    }
    return this.flush("chosen");
  }

  leave() {
    clearTimeout(this.idle);
    clearTimeout(this.latest);
    clearTimeout(this.retry);
    this.stop.abort();
  }
}
