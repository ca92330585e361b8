// The time left. It is counted from differences only: the server says how many milliseconds are
// left, and performance.now() says how many have passed since. The wall clock decides nothing.

export const MINUTE = 60_000;

// What the timer shows for so many milliseconds: "12 min", "4:59", and "+0:07" in overtime.
// Rounded up, so that it shows 0:00 only when nothing is left.
export function clockFace(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds > 300) return `${Math.ceil(seconds / 60)} min`;
  const [sign, rest] = seconds < 0 ? ["+", -seconds] : ["", seconds];
  return `${sign}${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`;
}

// "1 minute 30 seconds"; rounded up, and never less than "0 seconds".
export function inWords(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  const parts = [];
  if (minutes) parts.push(`${minutes} minute${minutes === 1 ? "" : "s"}`);
  if (rest || !minutes) parts.push(`${rest} second${rest === 1 ? "" : "s"}`);
  return parts.join(" ");
}

export class Countdown {
  // values: {left, limit, closes, think} in milliseconds as they were at `since`. left, limit and
  // closes are null without a clock. since: an instant of performance.now().
  constructor(values, since = performance.now()) {
    this.set(values, since);
  }

  // Values that are not given keep running.
  set(values, since = performance.now()) {
    Object.assign(this, { think: this.thinkNow, ...values, since });
  }

  passed() {
    return performance.now() - this.since;
  }

  get leftNow() {
    return this.left === null ? null : this.left - this.passed();
  }

  get thinkNow() {
    return this.think ? Math.max(0, this.think - this.passed()) : 0;
  }

  get closesNow() {
    return this.closes === null ? null : this.closes - this.passed();
  }
}

// Calls tick() four times a second. Calls wake() at once when the page may have lost time: when it
// becomes visible, is back online, is shown again by the Back button, or wakes from sleep.
export class Ticker {
  constructor(tick, wake) {
    let wall = Date.now();
    let steady = performance.now();
    setInterval(() => {
      // During sleep some systems stop performance.now(); only the wall clock jumps.
      const slept = Date.now() - wall - (performance.now() - steady);
      wall = Date.now();
      steady = performance.now();
      if (Math.abs(slept) > 2000) wake();
      tick();
    }, 250);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") wake();
    });
    window.addEventListener("online", () => wake());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) wake();
    });
  }
}

// When the response that carried this page began to arrive, as an instant of performance.now().
export function responseStart() {
  const [navigation] = performance.getEntriesByType("navigation");
  return navigation?.responseStart ?? 0;
}
