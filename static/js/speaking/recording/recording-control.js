// The button that records, with the level and the length beside it.

import { limitOf } from "../../storage/recording-rules.js";
import { NewRecording, makeRoom, refusal, removeRecording } from "../../storage/recordings.js";
import { canRecord } from "./can-record.js";
import { lengthOf } from "./lengths.js";
import { watchLevel, wordFor } from "./level.js";
import { Recorder } from "./recorder.js";
import { ended, notBegun } from "../troubles.js";

const LISTEN = 5_000; // so long the microphone may be silent before the page asks about it

class NotBegun extends Error {
  constructor(name) {
    super();
    this.name = name;
  }
}

export class RecordingControl {
  #asks = 0; // how often it was begun or left: a permission that comes later counts no more
  #isAsking = false;
  #recorder = null;
  #unwatch = () => {};

  // root: #speaking. page: {attempt, position, left(), tell(words), changed()}
  constructor(root, page) {
    Object.assign(this, { root, page, button: root.querySelector("[data-speaking=record]") });
  }

  get isOn() {
    return this.#recorder !== null;
  }

  async start() {
    if (this.isOn || this.#isAsking) return;
    this.#isAsking = true;
    try {
      await this.#begin(++this.#asks);
    } catch (error) {
      this.page.tell(notBegun(error.name));
    }
    this.#isAsking = false;
  }

  stop(why) {
    this.#asks += 1;
    this.#recorder?.stop(why);
  }

  // Storage comes first: nobody is asked for a microphone that would be of no use.
  async #begin(ask) {
    if (!canRecord()) throw new NotBegun("unsupported");
    const recording = new NewRecording(this.page.attempt, this.page.position, "");
    let isTaken = await recording.begin();
    while (!isTaken && (await makeRoom(recording.head))) isTaken = await recording.begin();
    if (!isTaken) throw new NotBegun(refusal() === "QuotaExceededError" ? "full" : "no-storage");
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      if (ask === this.#asks) return this.#record(stream, recording);
      for (const track of stream.getTracks()) track.stop();
    } catch (error) {
      await removeRecording(recording.head);
      throw error;
    }
    return removeRecording(recording.head);
  }

  #record(stream, recording) {
    const recorder = new Recorder(stream, limitOf(this.page.left()), (why, head) => this.#ended(why, head));
    recording.head.type = recorder.type;
    recorder.start(recording);
    this.#recorder = recorder;
    this.#unwatch = this.#watch(stream);
    this.#show(true);
    this.button.focus();
    this.page.tell("Recording. Write your notes into the box.");
  }

  #watch(stream) {
    const find = (name) => this.root.querySelector(`[data-recording-${name}]`);
    let wasHeard = false;
    const ask = () => wasHeard || this.page.tell("The microphone hears nothing yet. Is it switched on, and the right one?");
    const timers = [setInterval(() => (find("length").textContent = lengthOf(this.#recorder.milliseconds)), 500)];
    const unwatch = watchLevel(stream, (level, loudest) => {
      wasHeard ||= wordFor(loudest) !== "no sound";
      find("level").value = level;
      const word = `Sound: ${wordFor(loudest)}`;
      if (find("word").textContent !== word) find("word").textContent = word;
      if (timers.length === 1) timers.push(setTimeout(ask, LISTEN));
    });
    return () => {
      timers.forEach(clearInterval);
      unwatch();
    };
  }

  #show(isOn) {
    this.button.textContent = isOn ? "Stop recording" : "Record my voice";
    this.button.classList.toggle("on", isOn);
    const shown = this.root.querySelector("[data-recording]");
    shown.hidden = !isOn;
    shown.querySelector("[data-recording-length]").textContent = "0:00";
    shown.querySelector("[data-recording-word]").textContent = "";
  }

  async #ended(why, head) {
    this.#unwatch();
    this.#recorder = null;
    this.#show(false);
    if (head.bytes === 0) await removeRecording(head);
    this.page.tell(ended(why));
    this.page.changed();
  }
}
