// A button whose request was refused, because nobody was logged in, is pressed again after logging in.

export class PressAgain {
  #refused = null; // the button
  #repeated = null; // the button that was pressed again; it gets no third try

  refused(button) {
    if (button.localName === "button" && button !== this.#repeated) this.#refused = button;
  }

  loggedIn() {
    [this.#repeated, this.#refused] = [this.#refused, null];
    if (this.#repeated?.isConnected) this.#repeated.click();
  }

  // The server has answered a request.
  answered() {
    this.#repeated = null;
  }
}
