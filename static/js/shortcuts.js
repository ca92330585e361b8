// Keyboard shortcuts. All of them need a modifier, so that typing never triggers one; they can be
// switched off.

import { option } from "./options.js";

// room(): returns the element of the room. sayTime(): announces the time left.
export function listenForShortcuts(room, sayTime) {
  document.addEventListener("keydown", (event) => {
    if (!option("shortcuts") || document.querySelector("dialog[open]")) return;
    const withControl = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const withAltShift = event.altKey && event.shiftKey && !event.ctrlKey;
    const take = (action) => {
      event.preventDefault();
      if (!event.repeat) action();
    };
    const press = (selector) => take(() => room().querySelector(selector)?.click());
    if (withControl && event.key === "Enter") press("#submit-answer");
    else if (withAltShift && event.code === "KeyF") press("#flag");
    else if (withAltShift && event.code === "KeyS") press("#skip");
    else if (withAltShift && event.code === "KeyT") take(sayTime);
  });
}
