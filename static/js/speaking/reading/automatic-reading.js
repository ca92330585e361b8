// The question is read aloud when somebody presses the button, or with the option when it opens. What begins by
// itself gives way to what a screen reader is told.

import { option } from "../../storage/options.js";
import { ofTab } from "../../storage/storage.js";
import { Reading, textsOf } from "./reading.js";
import { watchVoices } from "./voices.js";

const QUIET = 3_000; // so long after an announcement nothing begins by itself
const NOT_SPOKEN = "The browser did not read the question aloud. Press “Read aloud” to try again.";

export class AutomaticReading {
  #room = null;
  #isDue = false; // the question is to be read when there is a voice
  #isAutomatic = false;
  #saidAt = -Infinity;

  // root(): #speaking as it is, or null.
  constructor(root) {
    this.root = root;
    this.reading = new Reading({ changed: () => this.#show(), refused: () => this.#refused() });
    watchVoices((voice) => {
      this.reading.voice = voice;
      if (!voice) this.stop();
      this.#show();
      this.#readIfDue();
    });
    document.addEventListener("visibilitychange", () => document.hidden && this.stop());
    window.addEventListener("pagehide", () => this.stop());
    const announcements = document.getElementById("announcements");
    if (announcements) new MutationObserver(() => this.#announced(announcements)).observe(announcements, { childList: true });
  }

  // The room shows another question.
  opened(room) {
    this.stop();
    this.#room = room;
    const key = this.#key;
    this.#isDue = Boolean(this.root()) && option("read-aloud") && !ofTab.get(key);
    this.#show();
    this.#readIfDue();
  }

  press() {
    if (this.reading.isOn) return this.stop();
    this.#isAutomatic = false;
    this.#read();
  }

  stop() {
    this.#isDue = false;
    this.reading.stop();
  }

  get #key() {
    return `read:${this.#room.dataset.attempt}:${this.#room.dataset.position}`;
  }

  #announced({ textContent }) {
    if (!textContent) return;
    this.#saidAt = performance.now();
    if (this.#isAutomatic) this.stop();
  }

  #readIfDue() {
    if (!this.#isDue || !this.reading.voice || document.hidden) return;
    const wait = this.#saidAt + QUIET - performance.now();
    if (wait > 0) return setTimeout(() => this.#readIfDue(), wait);
    this.#isAutomatic = true;
    this.#read();
  }

  #read() {
    this.#isDue = false;
    ofTab.set(this.#key, "yes");
    this.reading.read(textsOf(this.#room.querySelector("#asked")));
  }

  #refused() {
    if (this.#isAutomatic) ofTab.remove(this.#key);
    const line = this.root()?.querySelector("[data-speaking-says]");
    if (!line) return;
    line.textContent = NOT_SPOKEN;
    line.hidden = false;
  }

  #show() {
    const button = this.root()?.querySelector("[data-speaking=read]");
    if (!button) return;
    button.hidden = !this.reading.voice;
    button.textContent = this.reading.isOn ? "Stop" : "Read aloud";
    for (const choice of document.querySelectorAll("[data-needs-voice]")) choice.hidden = !this.reading.voice;
  }
}
