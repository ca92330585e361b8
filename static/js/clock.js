// The time left, counted from differences alone: the server says how many milliseconds are left,
// performance.now() says how many have passed since. The wall clock decides nothing.

export const MINUTE = 60_000;

export function face(left) {
  const seconds = Math.ceil(left / 1000);
  if (seconds > 300) return `${Math.ceil(seconds / 60)} min`;
  const [sign, rest] = seconds < 0 ? ["+", -seconds] : ["", seconds];
  return `${sign}${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`;
}

export function inWords(left) {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  const parts = [];
  if (minutes) parts.push(`${minutes} minute${minutes === 1 ? "" : "s"}`);
  if (rest || !minutes) parts.push(`${rest} second${rest === 1 ? "" : "s"}`);
  return parts.join(" ");
}

export class Countdown {
  // values: {left, limit, closes, think} in milliseconds, null without a clock, as of `since`
  constructor(values, since = performance.now()) {
    this.set(values, since);
  }

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

// Calls back four times a second, and at once when the page may have lost time: made visible
// again, back online, shown again by the Back button, or woken from sleep.
export class Ticker {
  constructor(tick, wake) {
    let wall = Date.now();
    let steady = performance.now();
    setInterval(() => {
      const slept = Date.now() - wall - (performance.now() - steady);
      wall = Date.now();
      steady = performance.now();
      if (Math.abs(slept) > 2000) wake("sleep");
      tick();
    }, 250);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") wake("visible");
    });
    window.addEventListener("online", () => wake("online"));
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) wake("restored");
    });
  }
}

export function sinceResponse() {
  const [navigation] = performance.getEntriesByType("navigation");
  return navigation?.responseStart ?? 0;
}
