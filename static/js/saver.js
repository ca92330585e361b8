// Saves the answer box: 1.5 s after the last key, at the latest 10 s after the first unsaved one,
// on leaving the box and when the page is hidden. One save is on its way, at most one waits.

import { csrfToken } from "./csrf.js";
import { Mirror } from "./mirror.js";

const IDLE = 1_500;
const LONGEST = 10_000;
const PATIENCE = 10_000; // for one request
const RETRY = [1_000, 2_000, 4_000, 8_000];
const KEEPALIVE_LIMIT = 60_000; // bytes; browsers refuse more

const REFUSED = [400, 413, 422]; // sent again, it would be refused again
const TOO_LARGE = "This text is too large to be sent. Shorten it; it stays here meanwhile.";

const CLOCK_FACE = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

export class Saver {
  // form: #answer-form. page: {attempt, url, writer, nextSequence()}.
  // on: {status(state, words), refused(words), conflict(stored), closed(), signedOut(), reached(bool)}
  constructor(form, page, on) {
    this.form = form;
    this.box = form.elements.text;
    this.page = page;
    this.on = on;
    this.position = Number(form.elements.position.value);
    this.revision = Number(form.elements.revision.value);
    this.stored = this.box.defaultValue; // what the server has, as far as this page knows
    this.flying = null;
    this.waiting = null;
    this.failures = 0;
    this.mirror = new Mirror(page.attempt, this.position);
    this.kept = false; // whether the mirror has what is not saved
    this.halted = false; // a choice between two texts is open, or the question is closed
    form.elements.writer.value = page.writer;
    this.listen();
    if (this.isDirty) this.typed(); // before the scripts were there
  }

  listen() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.box.addEventListener("input", () => this.typed(), { signal });
    this.box.addEventListener("blur", () => this.flush("auto"), { signal });
    document.addEventListener("visibilitychange", () => this.part(), { signal });
    window.addEventListener("pagehide", () => this.part(), { signal });
    window.addEventListener("offline", () => this.sayWhetherOnline(), { signal });
    window.addEventListener("online", () => this.sayWhetherOnline(), { signal });
  }

  // After a failure nobody knows what arrived, so there is something to save whatever is typed.
  get isDirty() {
    return this.failures > 0 || this.box.value !== this.stored;
  }

  typed() {
    this.kept = this.mirror.remember(this.revision, this.box.value);
    if (this.halted) return;
    if (!this.flying && !this.isDirty) return this.rest();
    if (!this.flying && !this.failures) this.on.status("unsaved", "Not saved yet");
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.flush("auto"), IDLE);
    this.latest ??= setTimeout(() => this.flush("auto"), LONGEST);
  }

  // The box came with a text that the server would not take.
  refuse() {
    this.stored = null;
    this.typed();
  }

  // Typed and taken back: the box holds what the server has.
  rest() {
    this.clearTimers();
    this.mirror.forget();
    this.on.status("new", "Nothing new to save");
  }

  // The page is being hidden and may never run again: what is newer than the save that is on its
  // way does not wait for its turn. The sequence keeps the two in order.
  part() {
    if (this.flying && !this.halted && this.box.value !== this.sent) this.post("auto").catch(() => {});
    this.flush("auto");
  }

  sayWhetherOnline() {
    if (navigator.onLine && this.isDirty) this.flush("auto");
    else if (navigator.onLine) this.on.status("new", "Saved while you write");
    else this.on.status("offline", this.missing("Offline"));
  }

  missing(why) {
    const rest = why === "Offline" ? "sent when you are back" : "retrying";
    if (why === "Offline") return this.kept ? `Offline: kept in this browser, ${rest}` : `Offline: ${rest}`;
    return this.kept ? `${why}: ${rest} (kept in this browser)` : `${why}: ${rest}`;
  }

  // What a form sends along: the next place in this writer's sequence.
  stamp() {
    const { elements } = this.form;
    elements.revision.value = this.revision;
    elements.sequence.value = this.page.nextSequence();
    return elements.sequence.value;
  }

  flush(cause) {
    if (this.halted || (!this.isDirty && cause !== "chosen")) return Promise.resolve();
    if (this.flying) {
      if (this.waiting !== "bell") this.waiting = cause;
      return this.flying.then(() => this.flying);
    }
    this.clearTimers();
    this.flying = this.send(cause).finally(() => {
      this.flying = null;
      const next = this.waiting;
      this.waiting = null;
      if (next && !this.failures && !this.hasLeft) this.flush(next);
    });
    return this.flying;
  }

  async send(cause) {
    const text = this.box.value;
    this.on.status("saving", "Saving…");
    let reply;
    try {
      reply = await this.post(cause);
    } catch {
      return this.missed(cause);
    }
    if (reply.status >= 500 || reply.status === 408 || reply.status === 429) return this.missed(cause);
    this.failures = 0;
    const result = await reply.json().catch(() => ({}));
    if (this.hasLeft) return reply.ok ? this.forgetIf(text) : undefined;
    this.on.reached(true);
    return this.heed(reply.status, result, text);
  }

  // One request with what stands in the box now.
  post(cause) {
    this.sent = this.box.value;
    this.stamp();
    const body = new FormData(this.form);
    body.set("text", this.sent);
    body.set("cause", cause);
    body.delete("csrfmiddlewaretoken"); // the header below is younger
    const lean = new URLSearchParams(body); // read by the server in a seventh of the time
    return fetch(this.page.url, {
      method: "POST",
      body: `${lean}`.length < KEEPALIVE_LIMIT ? lean : body,
      headers: { "X-CSRFToken": csrfToken(), "X-Page-Script": "1" },
      // The page may be left while this is on its way.
      keepalive: new Blob([this.sent]).size < KEEPALIVE_LIMIT,
      signal: AbortSignal.timeout(PATIENCE),
      redirect: "error",
    });
  }

  missed(cause) {
    this.failures += 1;
    if (this.hasLeft) return;
    this.on.reached(false);
    if (navigator.onLine) this.on.status("unsaved", this.missing("Not saved yet"));
    else this.on.status("offline", this.missing("Offline"));
    const pause = RETRY[Math.min(this.failures, RETRY.length) - 1];
    const next = this.waiting ?? cause;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.flush(next), pause);
  }

  heed(status, result, text) {
    if (status === 200) return this.acknowledged(result, text);
    if (status === 409) {
      this.halted = true;
      this.theirs = { text: result.stored, revision: result.revision };
      this.refused = text;
      this.on.status("conflict", "Changed in another tab");
      this.on.conflict(result.stored);
    } else if (status === 410) {
      this.halted = true;
      this.stored = text;
      this.forgetIf(text);
      this.on.status("late", "Typed after time: kept with your result, not counted");
      this.on.closed();
    } else if (status === 401 || status === 403) {
      if (status === 401) this.on.status("signed-out", "Signed out: sign in to save");
      else this.on.status("unsaved", this.missing("Not saved yet"));
      this.on.signedOut();
    } else if (REFUSED.includes(status)) {
      this.on.status("too-long", "Not saved");
      this.on.refused(result.message ?? TOO_LARGE);
    } else {
      this.on.status("unsaved", "Not saved: this attempt belongs to another sign-in");
    }
  }

  acknowledged(result, text) {
    this.revision = result.revision;
    this.stored = text;
    this.form.elements.revision.value = result.revision;
    this.on.refused("");
    this.forgetIf(text);
    if (this.box.value !== text) {
      this.kept = this.mirror.remember(this.revision, this.box.value); // as going on from there
      this.on.status("unsaved", "Not saved yet");
    } else if (result.verdict === "not-emptied") {
      this.on.status("unsaved", "The box is empty; the answer saved before stays until you submit");
    } else {
      this.on.status("saved", `Saved ${CLOCK_FACE.format(new Date())}`);
    }
    if (!result.running || !result.open) this.on.closed();
  }

  // The server has this text: the mirror is not needed, unless the box holds more by now.
  forgetIf(text) {
    if (this.box.value === text) this.mirror.forget();
  }

  // The person has seen both texts. "mine" goes out as chosen: the server keeps the other one.
  async choose(which) {
    if (which === "other") return this.takeTheirs();
    this.halted = false;
    return this.flush("chosen");
  }

  async takeTheirs() {
    const mine = this.box.value;
    // What was written since both were shown is to be kept like the rest.
    const isKept = mine === (this.refused ?? this.stored) || (await this.post("auto").then(() => true, () => false));
    this.halted = false;
    this.revision = this.theirs.revision;
    this.box.value = this.theirs.text;
    this.stored = this.theirs.text;
    if (isKept) this.mirror.forget();
    this.on.status("saved", "Saved: the text from elsewhere");
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

  // The page shows something else from now on; a save that is on its way still arrives.
  leave() {
    this.clearTimers();
    this.stop.abort();
  }
}
