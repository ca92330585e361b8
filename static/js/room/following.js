// The page follows the attempt: it asks the server where the attempt is now, and goes there.

import { isTimeOffered } from "../clock/outage.js";
import { askWhere } from "../clock/whereabouts.js";

const ASK_EVERY = 25_000;
const ASK_WHEN_LOST = 5_000;
const ASK_WHEN_CLOSED = 1_000;
const MAY_STILL_ARRIVE = 60_000; // a request that the page has given up

export class Following {
  #lastAsked = performance.now();
  #lostUntil = -Infinity; // until then a request without a reply may still move the attempt
  #isOpening = false; // the next question is on its way
  isMovedByClock = false; // it comes because time was up, not because somebody pressed a button

  // now(): {room, saver} as they are. requests: of the room's buttons. outage: of the site.
  // on: {stays(state), loggedOut(), reached(bool)}
  constructor(now, requests, outage, on) {
    Object.assign(this, { now, requests, outage, on });
  }

  get #mayBeMoved() {
    return performance.now() < this.#lostUntil;
  }

  // The page shows the question where the attempt is.
  arrived() {
    this.#isOpening = false;
    this.#lostUntil = -Infinity;
    this.isMovedByClock = false;
  }

  // A request got no reply, and may still arrive.
  lost() {
    this.#lostUntil = performance.now() + MAY_STILL_ARRIVE;
    this.ask();
  }

  askNowAndThen() {
    const isLost = this.outage.isOn || this.requests.isUnknown || this.#mayBeMoved;
    this.#askAfter(isLost ? ASK_WHEN_LOST : ASK_EVERY);
  }

  // The question takes no more text by this page's count, so the attempt moves on at any moment.
  askOften() {
    this.#askAfter(ASK_WHEN_CLOSED);
  }

  #askAfter(milliseconds) {
    if (performance.now() - this.#lastAsked > milliseconds) this.ask();
  }

  async ask() {
    this.#lastAsked = performance.now();
    let state;
    try {
      state = await askWhere(this.now().room.dataset.clockUrl);
    } catch {
      return this.on.reached(false);
    }
    if (!state) return this.on.loggedOut();
    this.on.reached(true);
    return this.#follow(state);
  }

  // state: of the attempt (whereabouts.js).
  async #follow(state) {
    const { requests } = this;
    const { room } = this.now();
    if (requests.isOnItsWay) return; // its reply says where to go
    const mayHaveMoved = room.dataset.forward || this.#mayBeMoved;
    const isElsewhere = mayHaveMoved && state.position !== Number(room.dataset.position);
    if (state.running && !isElsewhere) return this.on.stays(state);
    await this.now().saver?.flush("bell");
    if (this.now().saver?.failures || isTimeOffered()) return; // the page moves on when the text has been saved
    if (requests.isUnknown) requests.unlock();
    if (state.running) this.#openRoom();
    else location.assign(state.url);
  }

  async #openRoom() {
    const { room, saver } = this.now();
    if (this.#isOpening) return;
    this.#isOpening = true;
    saver?.leave();
    const { roomUrl } = room.dataset;
    // The page before the end, say, has an address of its own.
    if (location.pathname !== roomUrl) return location.replace(roomUrl);
    if (!window.htmx) return location.assign(roomUrl);
    this.isMovedByClock = true;
    const swap = { target: "#room", swap: "outerHTML show:window:top" };
    await window.htmx.ajax("GET", roomUrl, swap).catch(() => {});
    // If it failed, the next reply of the server tries again.
    setTimeout(() => (this.#isOpening = false), 1_000);
  }
}
