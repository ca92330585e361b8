// What a person chose for this browser. An option is on until it is switched off; some are off until they are
// switched on.

import { ofBrowser } from "./storage.js";

const KEY = "option:";

const OFF_AT_FIRST = ["read-aloud"];

// The names in use: announcements, mirror (keep unsaved text), read-aloud, shortcuts, timer.
export const option = (name) => (ofBrowser.get(KEY + name) ?? (OFF_AT_FIRST.includes(name) ? "off" : "on")) !== "off";

// Where the browser refuses to store it, the next page starts as if nothing had been chosen.
export const setOption = (name, on) => ofBrowser.set(KEY + name, on ? "on" : "off");
