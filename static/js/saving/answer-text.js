// The text in the answer box, and where else it is: on the server, in this browser, or nowhere.

import { isBeingSent } from "../page/leaving.js";
import { UnsavedText } from "../storage/unsaved.js";
import { receiptOf } from "./save-reply.js";

export class AnswerText {
  // form: #answer-form. page: {attempt, writer, nextSequence(), lastSequence()}.
  // copied(): called when this browser has kept or refused the text.
  constructor(form, page, copied) {
    Object.assign(this, { form, page, copied });
    this.box = form.elements.text;
    this.position = Number(form.elements.position.value);
    this.revision = Number(form.elements.revision.value);
    this.stored = this.box.defaultValue; // the answer that the server has, as far as this page knows
    this.seen = this.stored; // what the box held when it was last looked at
    this.kept = null; // what the server has as a kept text
    form.elements.writer.value = page.writer;
    this.startEntry();
  }

  startEntry() {
    this.entry = new UnsavedText(this.page.attempt, this.position, this.copied);
  }

  get value() {
    return this.box.value;
  }

  // Whether it is the answer that the server has stored, as far as this page knows.
  get isStored() {
    return this.value === this.stored;
  }

  // Whether the server has it: as the kept text, or where there is none as the answer.
  get isOnServer() {
    return this.value === (this.kept ?? this.stored);
  }

  // Whether this browser has the text as it is now.
  get isCopied() {
    return this.seen === this.value && this.entry.isKept;
  }

  // Extensions and dictation set the text without an event, so the page also looks now and then.
  look() {
    if (this.value !== this.seen) this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Copies the text into this browser. Resolves, when it was kept or refused, to whether it is kept.
  copy() {
    this.seen = this.value;
    const { revision, page } = this;
    return this.entry.keep({ revision, text: this.seen, writer: page.writer, sequence: page.lastSequence() });
  }

  // Whether the text is neither on the server nor in this browser, which is asked to store it at once.
  isAtStake() {
    const { value } = this;
    if (!value.trim() || value === this.stored || value === this.kept || isBeingSent(this.form)) return false;
    if (value !== this.seen) this.copy();
    return !this.entry.keepAtOnce();
  }

  // Every form that is sent carries the revision and the next number in this writer's sequence.
  // Returns that number.
  stamp() {
    const { elements } = this.form;
    elements.revision.value = this.revision;
    elements.sequence.value = this.page.nextSequence();
    return elements.sequence.value;
  }

  // A button sends the text along. Returns {writer, sequence, revision}, which go with it.
  press() {
    const { page: { writer }, revision, value: text } = this;
    const sequence = this.stamp();
    this.pressed = { text, receipt: receiptOf(writer, sequence, text) };
    return { writer, sequence, revision };
  }

  // Whether the server has the text that a button sent along.
  // receipt: as its reply names the text, or null.
  tookFromButton(receipt) {
    if (!this.pressed || receipt !== this.pressed.receipt) return false;
    this.serverHas(this.pressed.text);
    return true;
  }

  // The server has stored this text, or keeps it.
  serverHas(text, revision = this.revision) {
    this.stored = text;
    this.revision = revision;
    this.form.elements.revision.value = revision;
    this.forgetCopyOf(text);
  }

  // The server has this text, so the browser's copy can go, unless the box holds more by now.
  forgetCopyOf(text) {
    if (this.value === text) this.entry.forget();
  }

  // Puts a text of the server into the box. isSent: whether it has what was there; if not, the
  // browser's copy of that stays, and the box gets another one.
  replaceBy({ text, revision }, isSent) {
    this.revision = revision;
    this.box.value = this.stored = this.seen = text;
    if (isSent) this.entry.forget();
    else this.startEntry();
  }
}
