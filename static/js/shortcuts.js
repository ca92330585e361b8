// Keys with modifiers only, so that nothing one types is ever taken for one; can be switched off.

import { option } from "./options.js";

// room(): the element of the room. sayTime(): for a screen reader.
export function listenForShortcuts(room, sayTime) {
  document.addEventListener("keydown", (event) => {
    if (!option("shortcuts") || document.querySelector("dialog[open]")) return;
    const plain = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const chord = event.altKey && event.shiftKey && !event.ctrlKey;
    const take = (action) => {
      event.preventDefault();
      if (!event.repeat) action();
    };
    const press = (selector) => take(() => room().querySelector(selector)?.click());
    if (plain && event.key === "Enter") press("#submit-answer");
    else if (chord && event.code === "KeyF") press("#flag");
    else if (chord && event.code === "KeyS") press("#skip");
    else if (chord && event.code === "KeyT") take(sayTime);
  });
}
