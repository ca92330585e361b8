// What a person chose for this browser. Every option is on until it is switched off.

import { ofBrowser } from "./storage.js";

const KEY = "option:";

// The names in use: announcements, mirror (keep unsaved text), shortcuts, timer.
export const option = (name) => ofBrowser.get(KEY + name) !== "off";

// Where the browser refuses to store it, the next page starts with the option on.
export const setOption = (name, on) => ofBrowser.set(KEY + name, on ? "on" : "off");
