// Saves the answer box: while somebody writes (save-timers.js), on leaving the box and when the page is
// hidden. What follows from a reply is decided in save-outcome.js.

import { askBeforeLeaving } from "../page/leaving.js";
import { AnswerText } from "./answer-text.js";
import { SaveOutcome } from "./save-outcome.js";
import { SaveQueue } from "./save-queue.js";
import { hasText } from "./save-reply.js";
import { requestSave } from "./save-request.js";
import { SaveStatus } from "./save-status.js";
import { SaveTimers } from "./save-timers.js";

export class Saver {
  failures = 0; // one after the other

  // form: #answer-form. page: {attempt, url, writer, nextSequence(), lastSequence()}.
  // on: {status(state, message), refused(message), conflict(stored), closed(), loggedOut(), reached(bool),
  //   stranded(position, text)}
  constructor(form, page, on) {
    Object.assign(this, { form, page, on });
    this.status = new SaveStatus(on.status, () => this.answer.isCopied);
    this.answer = new AnswerText(form, page, () => this.status.changed());
    this.box = this.answer.box;
    this.outcome = new SaveOutcome(this.answer, this.status, on);
    this.timers = new SaveTimers((cause) => this.flush(cause));
    this.queue = new SaveQueue((cause) => this.send(cause), (cause) => this.goOn(cause));
    this.listen();
    this.answer.look(); // typed before the scripts were there
  }

  listen() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.box.addEventListener("input", () => this.changed(), { signal });
    this.box.addEventListener("blur", () => this.flush("auto"), { signal });
    document.addEventListener("visibilitychange", () => this.flushAtOnce(), { signal });
    window.addEventListener("pagehide", () => this.pageIsLeft(), { signal });
    signal.addEventListener("abort", askBeforeLeaving(() => this.answer.isAtStake()));
    window.addEventListener("offline", () => this.connectionChanged(), { signal });
    window.addEventListener("online", () => this.connectionChanged(), { signal });
  }

  // After a failure the page can't know what arrived, so there is something to save in any case.
  get isDirty() {
    return this.failures > 0 || !this.answer.isStored;
  }

  // A reply may come between the swap of the room and the binding of the new one.
  get hasLeft() {
    return this.stop.signal.aborted || !this.box.isConnected;
  }

  // From now on the page shows something else. A save that is on its way still arrives. A text that
  // would be nowhere is handed to the page.
  leave() {
    if (!this.stop.signal.aborted && this.answer.isAtStake()) this.on.stranded(this.answer.position, this.box.value);
    this.timers.clear();
    this.status.leave();
    this.stop.abort();
  }

  // --- when there is something to save ----------------------------------------------------------

  changed() {
    this.answer.copy();
    this.status.changed();
    if (this.outcome.isHalted) return;
    if (!this.queue.isBusy && !this.isDirty) return this.changedBack();
    if (!this.queue.isBusy && !this.failures) this.status.say("unsaved", "Not saved yet");
    this.timers.typed();
  }

  // The box holds what the server has.
  changedBack() {
    this.timers.clear();
    this.answer.entry.forget();
    this.status.say("new", "Nothing new to save");
  }

  // The page came with a text in the box that the server has refused.
  startRefused() {
    this.answer.stored = null;
    this.changed();
  }

  // receipt: of the text that came with a button, as the reply names it; or null.
  tookFromButton(receipt) {
    if (this.answer.tookFromButton(receipt)) this.failures = 0;
  }

  connectionChanged() {
    if (!navigator.onLine) this.status.sayNotSaved();
    else if (this.isDirty) this.flush("auto");
    else this.status.say("new", "Saved while you write");
  }

  pageIsLeft() {
    this.answer.isAtStake();
    this.flushAtOnce();
  }

  // The page is hidden or shown, and a hidden page may never run again. So a text that is newer than
  // the save on its way does not wait behind it; the sequence keeps the two in order.
  flushAtOnce() {
    this.answer.look();
    if (this.queue.isBusy && !this.outcome.isHalted && this.box.value !== this.sent) this.post("auto");
    this.flush("auto");
  }

  // --- sending ----------------------------------------------------------------------------------

  // cause: "auto", "bell" (time is up) or "chosen" (the person chose this text).
  // Resolves when the text has been sent, or nothing had to be.
  flush(cause) {
    if (this.outcome.isHalted || (!this.isDirty && cause !== "chosen")) return Promise.resolve();
    if (!this.queue.isBusy) this.timers.clear();
    return this.queue.add(cause);
  }

  goOn(cause) {
    if (!this.failures && !this.hasLeft) this.flush(cause);
  }

  async send(cause) {
    const text = this.box.value;
    this.status.say("saving", "Saving…");
    const { meaning, result } = await this.post(cause);
    if (!meaning) return this.retryLater(cause);
    this.failures = 0;
    if (this.hasLeft) return hasText(meaning) ? this.answer.forgetCopyOf(text) : undefined;
    this.on.reached(true);
    return this.outcome.follow(meaning, result, text);
  }

  // One request with the text that is in the box now.
  post(cause) {
    this.sent = this.box.value;
    this.answer.stamp();
    return requestSave(this.form, this.page.url, this.sent, cause);
  }

  retryLater(cause) {
    this.failures += 1;
    if (this.hasLeft) return;
    this.on.reached(false);
    this.status.sayNotSaved();
    this.timers.failed(this.failures, this.queue.waiting ?? cause);
  }

  // --- two texts --------------------------------------------------------------------------------

  // The person has seen both texts. which: "other", or "mine", after which the server keeps the other.
  async choose(which) {
    const { answer, outcome } = this;
    if (which === "other") {
      // What was written since the server kept the own text is sent to be kept as well.
      const isSent = answer.isOnServer || hasText((await this.post("auto")).meaning);
      if (isSent || !answer.isAtStake()) outcome.takeTheirs(isSent);
      else this.on.conflict(outcome.theirs.text); // the own text would be nowhere
    } else {
      outcome.keepMine();
      await this.flush("chosen");
    }
  }
}
