// What the scripts take from a browser. Import this before them: some use it when they are loaded.

class Storage {
  getItem(key) {
    return Object.hasOwn(this, key) ? this[key] : null;
  }

  setItem(key, value) {
    this[key] = String(value);
  }

  removeItem(key) {
    delete this[key];
  }
}

// Fields of a form by name, from {elements: {name: {value}}}.
class FormFields extends Map {
  constructor(form) {
    super(Object.entries(form.elements).map(([name, { value }]) => [name, String(value)]));
  }
}

// value: what this global name means from now on, also where Node has one of its own.
export function define(name, value) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

define("document", Object.assign(new EventTarget(), { cookie: "", visibilityState: "visible" }));
define("window", new EventTarget());
define("navigator", { onLine: true });
define("requestAnimationFrame", (draw) => draw());
define("FormData", FormFields);
define("localStorage", new Storage());
define("sessionStorage", new Storage());

export function emptyStorage() {
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage)) storage.removeItem(key);
  }
}

// Runs action() where the browser refuses to store anything, as in private mode.
export function withoutStorage(action) {
  const kept = [localStorage, sessionStorage];
  const refusal = {
    get() {
      throw new Error("storage is switched off");
    },
    configurable: true,
  };
  for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(globalThis, name, refusal);
  try {
    return action();
  } finally {
    define("localStorage", kept[0]);
    define("sessionStorage", kept[1]);
  }
}

// Lets everything run that waits for a promise and not for a timer.
export const settled = () => new Promise((resolve) => setImmediate(resolve));
