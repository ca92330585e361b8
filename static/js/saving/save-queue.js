// One save is on its way, and at most one waits behind it.

export class SaveQueue {
  #onItsWay = null; // a promise
  #waiting = null; // the cause of the save that waits

  // send(cause): resolves when the save was answered or has failed.
  // next(cause): the save that waited may follow.
  constructor(send, next) {
    Object.assign(this, { send, next });
  }

  get isBusy() {
    return this.#onItsWay !== null;
  }

  get waiting() {
    return this.#waiting;
  }

  // Resolves when the save has been sent, also where it had to wait. The last cause counts, and
  // "bell" before any other.
  add(cause) {
    if (this.isBusy) {
      if (this.#waiting !== "bell") this.#waiting = cause;
      return this.#onItsWay.then(() => this.#onItsWay);
    }
    this.#onItsWay = this.send(cause).finally(() => {
      const waiting = this.#waiting;
      this.#onItsWay = this.#waiting = null;
      if (waiting) this.next(waiting);
    });
    return this.#onItsWay;
  }
}
