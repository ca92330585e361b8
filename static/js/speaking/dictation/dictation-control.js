// The button that dictates, with what was heard and is not in the box yet.

import { Dictation } from "./dictation.js";
import { notBegun } from "../troubles.js";

export class DictationControl {
  #dictation = null;

  // root: #speaking. page: {box(), language(), tell(words)}
  constructor(root, page) {
    Object.assign(this, { root, page, button: root.querySelector("[data-speaking=dictate]") });
  }

  get isOn() {
    return this.#dictation !== null;
  }

  start() {
    if (this.isOn) return;
    const dictation = new Dictation(this.page.box(), this.page.language(), {
      heard: (words) => this.#hear(words),
      ended: (problem, lost) => this.#ended(problem, lost),
    });
    try {
      dictation.start();
    } catch (error) {
      return this.page.tell(notBegun(error.name));
    }
    this.#dictation = dictation;
    this.#show(true);
    this.button.focus();
    this.page.tell("Dictation is on. What you say goes into the box, where the caret is.");
  }

  stop() {
    this.#dictation?.finish();
  }

  #hear(words) {
    const line = this.root.querySelector("[data-heard]");
    line.textContent = words && `${words}…`;
    line.hidden = !words;
  }

  #show(isOn) {
    this.button.textContent = isOn ? "Stop dictating" : "Dictate";
    this.button.classList.toggle("on", isOn);
    this.#hear("");
  }

  #ended(problem, lost) {
    this.#dictation = null;
    this.#show(false);
    if (lost) this.page.tell(`The box took no text just now. You said: ${lost}`);
    else this.page.tell(problem ? notBegun(problem) : "Dictation is off.");
  }
}
