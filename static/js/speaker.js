// What a screen reader hears of the clock: at half time and at 10, 5, 1 minute and 30 seconds,
// at most six times in an interview; on request always. The timer itself is silent.

import { MINUTE, inWords } from "./clock.js";

const MOST = 6;
const MARKS = [10 * MINUTE, 5 * MINUTE, MINUTE, MINUTE / 2];

export class Speaker {
  constructor(attempt, region) {
    this.key = `said:${attempt}`;
    this.region = region;
    this.before = null;
  }

  get said() {
    return Number(sessionStorage.getItem(this.key) ?? 0);
  }

  // left: milliseconds left now. limit: of the whole, for half time.
  hear(left, limit, wanted) {
    const { before } = this;
    this.before = left;
    if (!wanted || before === null || left > before || this.said >= MOST) return;
    const mark = [limit / 2, ...MARKS].find((at) => left <= at && at < before && before - left < 5_000);
    if (!mark) return;
    sessionStorage.setItem(this.key, this.said + 1);
    this.say(mark === limit / 2 ? `Half of the time is over. ${inWords(left)} left` : `${inWords(mark)} left`);
  }

  say(words) {
    this.region.textContent = "";
    requestAnimationFrame(() => {
      this.region.textContent = words;
    });
  }
}
