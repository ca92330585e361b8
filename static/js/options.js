// What a person chose for this browser. Every option is on until it is switched off.

const KEY = "option:";

// The names in use: announcements, mirror (keep unsaved text), shortcuts, timer.
export function option(name) {
  try {
    return localStorage.getItem(KEY + name) !== "off";
  } catch {
    return true;
  }
}

export function setOption(name, on) {
  try {
    localStorage.setItem(KEY + name, on ? "on" : "off");
  } catch {
    // The browser refuses to store it, so the next page starts with the option on.
  }
}
