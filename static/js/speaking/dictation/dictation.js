// Speech becomes text on the device itself, and goes into the answer box.

import { insertSpoken } from "./insert.js";

export class Dictation {
  #recognition = null;
  #pending = ""; // said, and not final yet
  #waiting = ""; // the box took no text at that moment

  // box: takes the text. on: {heard(words), ended(problem, lost)}.
  // heard: what is not final yet. problem: "" or the error's name. lost: what the box did not take.
  constructor(box, language, on) {
    Object.assign(this, { box, language, on });
  }

  start() {
    const recognition = new SpeechRecognition();
    recognition.processLocally = true;
    if (recognition.processLocally !== true) throw new Error("not on the device");
    Object.assign(recognition, { lang: this.language, continuous: true, interimResults: true });
    let problem = "";
    recognition.onresult = (event) => this.#take(event);
    recognition.onerror = ({ error }) => (problem = error);
    recognition.onend = () => this.#end(problem);
    this.#recognition = recognition;
    recognition.start();
  }

  // What was heard so far goes into the box at once: the page may move on.
  finish() {
    const recognition = this.#recognition;
    if (!recognition) return;
    this.#end("");
    recognition.abort();
  }

  #take({ resultIndex, results }) {
    if (!this.#recognition) return;
    this.#pending = "";
    for (const result of [...results].slice(resultIndex)) {
      const words = result[0].transcript;
      if (!result.isFinal) this.#pending += words;
      else this.#insert(words);
    }
    this.on.heard(this.#pending.trim());
  }

  #insert(words) {
    const all = `${this.#waiting} ${words}`.trim();
    this.#waiting = insertSpoken(this.box, all) ? "" : all;
  }

  #end(problem) {
    if (!this.#recognition) return;
    this.#recognition = null;
    this.#insert(this.#pending);
    this.#pending = "";
    this.on.ended(problem === "aborted" ? "" : problem, this.#waiting);
  }
}
