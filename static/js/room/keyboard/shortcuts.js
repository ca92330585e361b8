// Keyboard shortcuts. They can be switched off. What somebody types is never one: in a text box Alt
// (Option) makes letters, and so does AltGr, which some systems report as Ctrl with Alt.

import { option } from "../../storage/options.js";

const TEXT_BOX = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])";
const WITH_CONTROL = { enter: "submit", s: "save" };
const WITH_ALT_SHIFT = { f: "flag", s: "skip", t: "sayTime" };

// While an input method composes, its keys belong to it.
const isComposing = (event) => event.isComposing || event.keyCode === 229;

// The name of the action, or undefined. Letters count as they are typed, wherever their key is.
function actionOf(event) {
  if (isComposing(event) || event.getModifierState?.("AltGraph")) return undefined;
  const { altKey, shiftKey } = event;
  const key = event.key?.toLowerCase(); // a browser that fills in a form sends events without a key
  const control = event.ctrlKey || event.metaKey;
  if (control && !altKey && !shiftKey) return WITH_CONTROL[key];
  const isTyping = document.activeElement?.matches(TEXT_BOX);
  if (altKey && shiftKey && !control && !isTyping) return WITH_ALT_SHIFT[key];
  return undefined;
}

// actions: {submit(), save(), flag(), skip(), sayTime()}
export function listenForShortcuts(actions) {
  document.addEventListener("keydown", (event) => {
    const name = option("shortcuts") && actionOf(event);
    if (!name) return;
    event.preventDefault(); // also in a dialog, where Ctrl+Enter would press its button
    if (!event.repeat && !document.querySelector("dialog[open]")) actions[name]();
  });
}
