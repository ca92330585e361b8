// The time left of the question, or of the attempt: the page counts it, shows it, tells a screen
// reader, and rings the bell.

import { Countdown } from "../clock/clock.js";
import { option } from "../storage/options.js";
import { showButtons, showTime } from "./display.js";

const TOO_SHORT = 1_000; // to write anything

export class TimeLeft {
  #isUp = false;
  clock = null; // a Countdown, from the first panel on

  // bell(isOvertime): called when time is up by this page's count.
  constructor(announcer, bell) {
    Object.assign(this, { announcer, bell });
  }

  // panel: #clock. since: when its numbers were right, as an instant of performance.now().
  bind(panel, since) {
    const number = (name) => (panel.dataset[name] ? Number(panel.dataset[name]) : null);
    panel.dataset.bound = "yes";
    this.clock = new Countdown(
      { left: number("left"), limit: number("limit"), closes: number("closes"), think: number("think") },
      since,
    );
    this.#isUp = false;
    this.showButtons();
  }

  // As the server says. Perhaps there is time left again.
  set({ left, limit, closes }) {
    this.clock.set({ left, limit, closes });
    if (left > 0) this.#isUp = false;
  }

  get isLimited() {
    return this.clock.left !== null;
  }

  // Whether the box takes no more text.
  get isClosing() {
    return this.#isUp && this.clock.closesNow <= TOO_SHORT;
  }

  get isClosed() {
    return this.isLimited && this.#isUp && this.clock.closesNow <= 0;
  }

  showButtons() {
    showButtons(this.isLimited);
  }

  tick() {
    const left = this.clock.leftNow;
    if (left === null) return;
    showTime(left, this.clock.thinkNow, this.clock.limit);
    this.announcer.update(left, this.clock.limit, option("announcements"));
    if (left > 0 || this.#isUp) return;
    this.#isUp = true;
    this.bell(!this.isClosing);
  }
}
