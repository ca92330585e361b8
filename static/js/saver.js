// Saves the answer box: 1.5 s after the last key, at the latest 10 s after the first unsaved one,
// on leaving the box and when the page is hidden. One save is on its way, at most one waits.

import { askBeforeLeaving, isBeingSent } from "./leaving.js";
import { hasText, receiptOf } from "./save-reply.js";
import { requestSave } from "./save-request.js";
import { SaveStatus } from "./save-status.js";
import { UnsavedText } from "./unsaved.js";

const IDLE = 1_500;
const LONGEST = 10_000;
const RETRY = [1_000, 2_000, 4_000, 8_000];

const TOO_LARGE_MESSAGE = "This text is too large to send. Please shorten it; it stays here meanwhile.";

export class Saver {
  // form: #answer-form. page: {attempt, url, writer, nextSequence(), lastSequence()}.
  // on: {status(state, message), refused(message), conflict(stored), closed(), loggedOut(), reached(bool),
  //   stranded(position, text)}
  constructor(form, page, on) {
    this.form = form;
    this.box = form.elements.text;
    this.page = page;
    this.on = on;
    this.position = Number(form.elements.position.value);
    this.revision = Number(form.elements.revision.value);
    this.stored = this.box.defaultValue; // what the server has, as far as this page knows
    this.seen = this.stored; // what the box held when it was last looked at
    this.inFlight = null; // the promise of the save that is on its way
    this.nextCause = null; // of the save that waits behind it
    this.failures = 0;
    this.status = new SaveStatus(on.status, () => this.isKept);
    this.unsaved = this.newEntry();
    this.isHalted = false; // a choice between two texts is open, or the question is closed
    form.elements.writer.value = page.writer;
    this.listen();
    this.look(); // typed before the scripts were there
  }

  listen() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.box.addEventListener("input", () => this.changed(), { signal });
    this.box.addEventListener("blur", () => this.flush("auto"), { signal });
    document.addEventListener("visibilitychange", () => this.flushAtOnce(), { signal });
    window.addEventListener("pagehide", () => this.pageIsLeft(), { signal });
    signal.addEventListener("abort", askBeforeLeaving(() => this.isAtStake()));
    window.addEventListener("offline", () => this.connectionChanged(), { signal });
    window.addEventListener("online", () => this.connectionChanged(), { signal });
  }

  newEntry() {
    return new UnsavedText(this.page.attempt, this.position, () => this.status.changed());
  }

  // After a failure the page can't know what arrived, so there is something to save in any case.
  get isDirty() {
    return this.failures > 0 || this.box.value !== this.stored;
  }

  // Extensions and dictation set the text without an event, so the page also looks now and then.
  look() {
    if (this.box.value !== this.seen) this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Whether this browser has the text as it is now.
  get isKept() {
    return this.seen === this.box.value && this.unsaved.isKept;
  }

  // Resolves when it is kept or refused.
  keep() {
    this.seen = this.box.value;
    const { revision, page } = this;
    return this.unsaved.keep({ revision, text: this.seen, writer: page.writer, sequence: page.lastSequence() });
  }

  // Whether the text is neither on the server nor in this browser, which is asked to store it at once.
  isAtStake() {
    const { value } = this.box;
    if (!value.trim() || value === this.stored || value === this.refused || isBeingSent(this.form)) return false;
    if (value !== this.seen) this.keep();
    return !this.unsaved.keepAtOnce();
  }

  pageIsLeft() {
    this.isAtStake();
    this.flushAtOnce();
  }

  changed() {
    this.keep();
    this.status.changed();
    if (this.isHalted) return;
    if (!this.inFlight && !this.isDirty) return this.changedBack();
    if (!this.inFlight && !this.failures) this.status.say("unsaved", "Not saved yet");
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.flush("auto"), IDLE);
    this.latest ??= setTimeout(() => this.flush("auto"), LONGEST);
  }

  // The box holds what the server has.
  changedBack() {
    this.clearTimers();
    this.unsaved.forget();
    this.status.say("new", "Nothing new to save");
  }

  // The page came with a text in the box that the server has refused.
  startRefused() {
    this.stored = null;
    this.changed();
  }

  // The server has the text that a button sent along. receipt: as its reply names the text, or null.
  tookFromButton(receipt) {
    if (!this.pressed || receipt !== this.pressed.receipt) return;
    this.failures = 0;
    this.stored = this.pressed.text;
    this.forgetIf(this.stored);
  }

  // A button sends the text along. Returns the number of the save.
  press() {
    const [sequence, text] = [this.stamp(), this.box.value];
    this.pressed = { text, receipt: receiptOf(this.page.writer, sequence, text) };
    return sequence;
  }

  // The page is hidden or shown, and a hidden page may never run again. So a text that is newer than
  // the save on its way does not wait behind it; the sequence keeps the two in order.
  flushAtOnce() {
    this.look();
    if (this.inFlight && !this.isHalted && this.box.value !== this.sent) this.post("auto");
    this.flush("auto");
  }

  connectionChanged() {
    if (!navigator.onLine) this.status.sayNotSaved();
    else if (this.isDirty) this.flush("auto");
    else this.status.say("new", "Saved while you write");
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
    this.status.say("saving", "Saving…");
    const { meaning, result } = await this.post(cause);
    if (!meaning) return this.retryLater(cause);
    this.failures = 0;
    if (this.hasLeft) return hasText(meaning) ? this.forgetIf(text) : undefined;
    this.on.reached(true);
    return this.handle(meaning, result, text);
  }

  // One request with the text that is in the box now.
  post(cause) {
    this.sent = this.box.value;
    this.stamp();
    return requestSave(this.form, this.page.url, this.sent, cause);
  }

  retryLater(cause) {
    this.failures += 1;
    if (this.hasLeft) return;
    this.on.reached(false);
    this.status.sayNotSaved();
    const pause = RETRY[Math.min(this.failures, RETRY.length) - 1];
    const next = this.nextCause ?? cause;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.flush(next), pause);
  }

  // text: what was sent.
  handle(meaning, result, text) {
    if (meaning === "stored") return this.acknowledge(result, text);
    if (meaning === "conflict") {
      this.isHalted = true;
      this.theirs = { text: result.stored, revision: result.revision };
      this.refused = text;
      this.status.say("conflict", "Changed in another tab");
      this.on.conflict(result.stored);
    } else if (meaning === "late") {
      this.isHalted = true;
      this.stored = text;
      this.forgetIf(text);
      this.status.say("late", "Typed after time: kept with your result, not counted");
      this.on.closed();
    } else if (meaning === "logged-out" || meaning === "outdated") {
      if (meaning === "logged-out") this.status.say("logged-out", "Logged out: log in to save");
      else this.status.sayNotSaved({ isOnline: true });
      this.on.loggedOut();
    } else if (meaning === "refused") {
      this.status.say("too-long", "Not saved");
      this.on.refused(result?.message ?? TOO_LARGE_MESSAGE);
    } else if (meaning === "removed") {
      this.isHalted = true;
      this.refused = text; // nothing is kept of it
      this.unsaved.forget();
      this.status.say("unsaved", "Not saved: this attempt was removed");
    } else {
      this.status.say("unsaved", "Not saved: this attempt belongs to another account");
    }
  }

  acknowledge(result, text) {
    this.revision = result.revision;
    this.stored = text;
    this.form.elements.revision.value = result.revision;
    this.on.refused("");
    this.forgetIf(text);
    if (this.box.value !== text) {
      this.keep(); // it continues this revision
      this.status.say("unsaved", "Not saved yet");
    } else if (result.verdict === "not-emptied") {
      this.status.say("unsaved", "The box is empty. Your saved answer stays until you submit");
    } else {
      this.status.saySaved();
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
    const isSent = mine === (this.refused ?? this.stored) || hasText((await this.post("auto")).meaning);
    if (!isSent && this.isAtStake()) return this.on.conflict(this.theirs.text); // it would be nowhere
    this.isHalted = false;
    this.revision = this.theirs.revision;
    this.box.value = this.stored = this.seen = this.theirs.text;
    if (isSent) this.unsaved.forget();
    else this.unsaved = this.newEntry(); // the other entry stays, with the text that was not sent
    this.status.say("saved", "Saved: the other text");
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

  // From now on the page shows something else. A save that is on its way still arrives. A text that
  // would be nowhere is handed to the page.
  leave() {
    if (!this.stop.signal.aborted && this.isAtStake()) this.on.stranded(this.position, this.box.value);
    this.clearTimers();
    this.status.leave();
    this.stop.abort();
  }
}
