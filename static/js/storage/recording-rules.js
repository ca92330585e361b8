// How long a recording may be, and how long recordings stay in this browser. The pages state these.

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const LONGEST = 10 * MINUTE;
export const MOST_BYTES = 10_000_000; // of one recording
export const KEPT_DAYS = 30;
export const KEPT_BYTES = 100_000_000; // of all recordings in this browser

// left: milliseconds left of the question; null without a clock, 0 or less in overtime.
export const limitOf = (left) => (left > 0 ? Math.min(left, LONGEST) : LONGEST);

// The recordings that are to be deleted: those that are too old, and the oldest of more than there is room for.
// heads: [{at, bytes, …}, …], in any order. now: as `at`, in milliseconds.
export function due(heads, now) {
  let bytes = 0;
  const newestFirst = [...heads].sort((one, other) => other.at - one.at);
  return newestFirst.filter((head) => {
    bytes += head.bytes;
    return now - head.at > KEPT_DAYS * DAY || bytes > KEPT_BYTES;
  });
}

export const oldestOf = (heads) => heads.reduce((oldest, head) => (oldest && oldest.at <= head.at ? oldest : head), null);
