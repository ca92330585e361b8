// On the result of a practice, the key n goes on to the next question. Like all shortcuts it can be
// switched off in the room, and what somebody types is never one.

import { option } from "../storage/options.js";

const TAKES_KEYS = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])";

function isMeant(event) {
  if (event.isComposing || event.keyCode === 229 || event.repeat || event.defaultPrevented) return false;
  if (event.ctrlKey || event.altKey || event.metaKey || event.getModifierState?.("AltGraph")) return false;
  return event.key?.toLowerCase() === "n" && !event.target.closest?.(TAKES_KEYS) && !document.querySelector("dialog[open]");
}

document.addEventListener("keydown", (event) => {
  const button = document.querySelector("[data-next]");
  if (!button || !isMeant(event) || !option("shortcuts")) return;
  event.preventDefault();
  button.click();
});
