// What a screen reader announces of the time left: half time, and 10, 5, 1 minute and 30 seconds;
// at most six times in an attempt. On request it always speaks. The timer itself is silent.

import { MINUTE, inWords } from "./clock.js";
import { ofTab } from "../storage/storage.js";

const MOST = 6;
const MARKS = [10 * MINUTE, 5 * MINUTE, MINUTE, MINUTE / 2];
const MISSED_AFTER = 5_000; // a longer gap between two calls is a jump of the clock

export class Announcer {
  // region: the element that screen readers watch.
  constructor(attempt, region) {
    this.key = `said:${attempt}`;
    this.region = region;
    this.before = null;
  }

  get count() {
    return Number(ofTab.get(this.key) ?? 0);
  }

  // Announces a mark that was passed since the last call.
  // left: milliseconds left now. limit: milliseconds in all, for half time. isOn: the person's option.
  update(left, limit, isOn) {
    const { before } = this;
    this.before = left;
    if (!isOn || before === null || this.count >= MOST) return;
    const mark = [limit / 2, ...MARKS].find(
      (at) => left <= at && at < before && before - left < MISSED_AFTER,
    );
    if (!mark) return;
    ofTab.set(this.key, this.count + 1);
    this.say(mark === limit / 2 ? `Half of the time is over. ${inWords(left)} left` : `${inWords(mark)} left`);
  }

  // Emptied first, so that the same words are announced again.
  say(words) {
    this.region.textContent = "";
    requestAnimationFrame(() => {
      this.region.textContent = words;
    });
  }
}
