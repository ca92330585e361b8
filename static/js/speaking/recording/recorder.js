// Records the microphone into this browser, a part each second.

import { MOST_BYTES } from "../../storage/recording-rules.js";
import { makeRoom } from "../../storage/recordings.js";

const EACH = 1_000;
const BITS_A_SECOND = 32_000; // speech is clear, and ten minutes are about 2.4 MB
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

export class Recorder {
  #why = ""; // it ended
  #written = Promise.resolve();
  #isBroken = false; // a part is missing, so none may follow
  #started = null;

  // stream: of the microphone. limit: milliseconds. ended(why, head): see #end; it is called once.
  constructor(stream, limit, ended) {
    Object.assign(this, { stream, limit, ended });
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    this.media = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_A_SECOND });
  }

  get type() {
    return this.media.mimeType;
  }

  get milliseconds() {
    return this.#started === null ? 0 : performance.now() - this.#started;
  }

  // recording: a NewRecording that has begun.
  start(recording) {
    this.recording = recording;
    const [track] = this.stream.getAudioTracks();
    track.addEventListener("ended", () => this.stop("unplugged"));
    this.media.ondataavailable = ({ data }) => this.#take(data);
    this.media.onerror = () => this.stop("failed");
    this.media.onstop = () => this.#end();
    this.#started = performance.now();
    this.timer = setTimeout(() => this.stop("limit"), this.limit);
    this.media.start(EACH);
  }

  // why: "pressed", "moved" (the question is left), "bell", "limit", "size", "unplugged", "gone" (it was deleted),
  // "full" or "failed". The first one counts.
  stop(why) {
    this.#why ||= why;
    clearTimeout(this.timer);
    if (this.media.state !== "inactive") this.media.stop();
    for (const track of this.stream.getTracks()) track.stop();
  }

  #take(data) {
    if (!data.size) return;
    const { milliseconds } = this;
    if (milliseconds >= this.limit) this.stop("limit"); // timers of a hidden page are late
    this.#written = this.#written.then(async () => this.#write(await data.arrayBuffer(), milliseconds));
  }

  async #write(sound, milliseconds) {
    if (this.#isBroken) return;
    if (this.recording.head.bytes + sound.byteLength > MOST_BYTES) return this.#breakOff("size");
    let outcome = await this.recording.add(sound, milliseconds);
    while (outcome === "refused" && (await makeRoom(this.recording.head))) outcome = await this.recording.add(sound, milliseconds);
    if (outcome !== "stored") this.#breakOff(outcome === "gone" ? "gone" : "full");
  }

  #breakOff(why) {
    this.#isBroken = true;
    this.#why = why; // it matters more than what ended the recording
    this.stop(why);
  }

  // The browser may also stop by itself, when the microphone has gone.
  async #end() {
    this.stop("unplugged");
    await this.#written;
    this.ended(this.#why, this.recording.head);
  }
}
