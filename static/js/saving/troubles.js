// Tells a screen reader what is wrong with saving, because the status line itself is silent. It comes
// beside the six messages about the time: these are about words that may be lost. Each trouble is told
// once for each question, however often a save is tried again, and so is the end of it.

export class Troubles {
  #told = new Set();
  #isTold = false; // and has not ended

  // say(words): waits until the reader has finished what it is reading.
  constructor(say) {
    this.say = say;
  }

  tell(kind, words) {
    if (this.#told.has(kind)) return;
    this.#told.add(kind);
    this.#isTold = true;
    this.say(words);
  }

  // What the status line shows now. hasFailed: whether a save has failed.
  status(state, words, hasFailed) {
    if (state === "offline" || state === "logged-out" || state === "late") this.tell(state, words);
    else if (state === "unsaved" && hasFailed) this.tell("not-saved", words);
    else if (state === "saved" && this.#isTold) {
      this.#isTold = false;
      this.say(words);
    }
  }

  // A new question.
  forget() {
    this.#told.clear();
    this.#isTold = false;
  }
}
