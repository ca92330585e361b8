// Text that the server has not got yet, kept in this browser: by attempt, question and the
// revision it started from. Cleared when the server has it, on finishing and on logging out.

import { option } from "./options.js";

const PREFIX = "unsaved:";

const keyOf = (attempt, position) => `${PREFIX}${attempt}:${position}`;

function guarded(action) {
  try {
    return action();
  } catch {
    return null; // private mode, storage full or switched off: the page works without
  }
}

// Whether it is kept.
export function remember(attempt, position, revision, text) {
  if (!option("mirror")) return false;
  return guarded(() => {
    localStorage.setItem(keyOf(attempt, position), JSON.stringify({ revision, text }));
    return true;
  }) ?? false;
}

export function recall(attempt, position) {
  return guarded(() => JSON.parse(localStorage.getItem(keyOf(attempt, position))));
}

export function forget(attempt, position) {
  guarded(() => localStorage.removeItem(keyOf(attempt, position)));
}

// All that is left of one attempt: [{position, revision, text}, …]
export function leftOf(attempt) {
  const found = guarded(() =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith(`${PREFIX}${attempt}:`))
      .map((key) => ({ position: Number(key.split(":").at(-1)), ...JSON.parse(localStorage.getItem(key)) })),
  );
  return found ?? [];
}

export function forgetAll() {
  guarded(() => {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    }
  });
}
