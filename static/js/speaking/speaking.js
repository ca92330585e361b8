// Speaking in the room: the buttons beside the question. What this browser cannot do is not offered.

import { Later } from "../page/later.js";
import { AutomaticReading } from "./reading/automatic-reading.js";
import { countAll, offerToDeleteAll } from "./recording/all.js";
import { deleteKept, showKept } from "./recording/kept-line.js";
import { languageOnDevice, languagesFor } from "./dictation/on-device.js";

const microphones = new Later();
const NOT_LOADED = "This part of the page could not be loaded. Press the button again, or reload the page later. Write your answer as always.";

export class Speaking {
  #root = null; // #speaking of the question that is shown
  #microphone = null; // of the same question, once it is fetched
  #language = null; // in which this device turns speech into text

  // page: {box(), left(), say(words)}. box: of the answer. left: milliseconds left, or null. say: to a screen reader.
  constructor(page) {
    this.page = page;
    this.reading = new AutomaticReading(() => this.#root);
    document.addEventListener("click", (event) => this.#click(event), true);
    document.addEventListener("htmx:beforeRequest", ({ detail }) => {
      if (detail.target.id === "room" && detail.requestConfig.verb === "post") this.stop("moved");
    });
    document.addEventListener("visibilitychange", () => document.hidden && this.#microphone?.finishWords());
    window.addEventListener("pagehide", () => this.stop("moved"));
    document.addEventListener("attempt-removed", () => this.#end());
    offerToDeleteAll(() => this.#root && this.#showKept());
    const wanted = languagesFor(document.documentElement.lang, navigator.languages ?? []);
    languageOnDevice(wanted).then((language) => {
      this.#language = language;
      this.#offer();
    });
  }

  // The room shows another question, or a page without one.
  bind(room) {
    this.stop("moved");
    this.#root = room.querySelector("#speaking");
    this.#microphone = null;
    this.#offer();
    if (this.#root) this.#showKept();
    this.reading.opened(room);
  }

  // why: as in recorder.js.
  stop(why) {
    this.#microphone?.stop(why);
  }

  // The attempt was removed: nothing of it may be recorded any more.
  #end() {
    this.stop("gone");
    if (this.#root) this.#root.hidden = true;
    this.#root = null;
  }

  #find(what) {
    return this.#root.querySelector(`[data-speaking=${what}]`);
  }

  #offer() {
    if (!this.#root) return;
    this.#root.hidden = false;
    this.#find("dictate").hidden = !this.#language;
  }

  get #place() {
    const { attempt, position } = this.#root.closest("#room").dataset;
    return [attempt, position];
  }

  #showKept() {
    countAll();
    return showKept(this.#root.querySelector("[data-kept]"), ...this.#place);
  }

  #click({ target }) {
    const button = target.closest?.("#room button");
    if (!button || !this.#root) return;
    const { speaking: what, which } = button.dataset;
    if (button.type !== "button") this.#microphone?.finishWords(); // before the text is sent
    else if (what === "read") this.reading.press();
    else if (what === "record" || what === "dictate") this.#use((microphone) => microphone.press(what));
    else if (what === "start") this.#use((microphone) => microphone.start(which));
    else if (what === "put-off") this.#use((microphone) => microphone.putOff(which));
    else if (what === "delete") this.#delete();
  }

  async #delete() {
    await deleteKept(...this.#place);
    await this.#showKept();
    this.#tell("Deleted.");
    this.#find("record").focus();
  }

  // use(microphone): called when the script is there, unless the question was left meanwhile.
  async #use(use) {
    const root = this.#root;
    this.reading.stop(); // it would be recorded
    try {
      const { microphoneOf } = await microphones.load(root.dataset.microphoneUrl);
      if (root !== this.#root) return;
      this.#microphone ??= microphoneOf(root, this.#pageOf(root));
      use(this.#microphone);
    } catch {
      if (root === this.#root) this.#tell(NOT_LOADED);
    }
  }

  #pageOf(root) {
    const [attempt, position] = this.#place;
    const isShown = () => root === this.#root;
    return {
      ...this.page,
      attempt,
      position,
      language: () => this.#language,
      tell: (words) => isShown() && this.#tell(words),
      changed: () => isShown() && this.#showKept(),
    };
  }

  #tell(words) {
    const line = this.#root.querySelector("[data-speaking-says]");
    line.textContent = words;
    line.hidden = !words;
    this.page.say(words);
  }
}
