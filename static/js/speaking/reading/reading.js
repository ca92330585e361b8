// Reads texts aloud, one after the other, with a local voice.

export class Reading {
  #turn = 0; // of the texts that are read now; what comes of earlier ones is ignored
  isOn = false;
  voice = undefined;

  // on: {changed(), refused()}: it began or ended; the browser did not speak.
  constructor(on) {
    this.on = on;
  }

  // Resolves to whether everything was read.
  async read(texts) {
    this.stop();
    const turn = this.#turn;
    this.#set(true);
    for (const text of texts) {
      const isRead = await this.#speak(text);
      if (turn !== this.#turn) return false;
      if (isRead) continue;
      this.#set(false);
      this.on.refused();
      return false;
    }
    this.#set(false);
    return true;
  }

  stop() {
    this.#turn += 1;
    if (!this.isOn) return;
    speechSynthesis.cancel();
    this.#set(false);
  }

  #set(isOn) {
    if (this.isOn === isOn) return;
    this.isOn = isOn;
    this.on.changed();
  }

  #speak(text) {
    return new Promise((resolve) => {
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.voice = this.voice;
      utterance.lang = this.voice.lang;
      utterance.onend = () => resolve(true);
      utterance.onerror = () => resolve(false);
      this.utterance = utterance; // some browsers forget one that nothing holds, and its end never comes
      speechSynthesis.speak(utterance);
    });
  }
}

// What is read of a question: its heading, and each part of its text. asked: #asked.
export function textsOf(asked) {
  const text = asked.querySelector("#question-text");
  const parts = [asked.querySelector("h1"), ...(text?.children.length ? text.children : [text])];
  return parts.map((part) => part?.innerText?.trim()).filter(Boolean);
}
