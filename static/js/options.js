// What somebody chose for this browser; everything is on until it is switched off.

const KEY = "option:";

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
    // not remembered, then
  }
}
