// When a save leaves: 1.5 s after the last key, at the latest 10 s after the first unsaved one, and
// after a failure again, each time later.

const IDLE = 1_500;
const LONGEST = 10_000;
const RETRY = [1_000, 2_000, 4_000, 8_000];

export class SaveTimers {
  #idle;
  #latest;
  #retry;

  // save(cause)
  constructor(save) {
    this.save = save;
  }

  typed() {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.save("auto"), IDLE);
    this.#latest ??= setTimeout(() => this.save("auto"), LONGEST);
  }

  // times: how many saves have failed, one after the other. cause: of the next try.
  failed(times, cause) {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.save(cause), RETRY[Math.min(times, RETRY.length) - 1]);
  }

  clear() {
    for (const timer of [this.#idle, this.#latest, this.#retry]) clearTimeout(timer);
    this.#latest = undefined;
  }
}
