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

// A database whose transactions end a turn later, or never, or with a refusal.
export const disk = { entries: new Map(), isFull: false, waiting: null, durability: [] };

class Transaction {
  #changes = [];

  objectStore() {
    const within = ({ lower, upper }) => [...disk.entries.keys()].filter((key) => key >= lower && key <= upper);
    return {
      put: (entry) => this.#changes.push(() => disk.entries.set(entry.key, structuredClone(entry))),
      // Asked before something is put, so this transaction ends by itself.
      count: (key) => {
        const request = {};
        queueMicrotask(() => {
          request.onsuccess({ target: { result: disk.entries.has(key) ? 1 : 0 } });
          this.commit();
        });
        return request;
      },
      delete: (keys) => this.#changes.push(() => (keys.lower ? within(keys) : [keys]).forEach((key) => disk.entries.delete(key))),
      getAll: (keys) => {
        const found = {};
        this.#changes.push(() => (found.result = within(keys).map((key) => disk.entries.get(key))));
        return found;
      },
    };
  }

  commit() {
    const end = () => {
      if (disk.isFull) return this.onabort((this.error = new DOMException("full", "QuotaExceededError")));
      for (const change of this.#changes) change();
      this.oncomplete();
    };
    if (disk.waiting) disk.waiting.push(end);
    else queueMicrotask(end);
  }
}

const opened = {
  transaction: (store, mode, { durability }) => {
    disk.durability.push(durability);
    return new Transaction();
  },
};
define("IDBKeyRange", { bound: (lower, upper) => ({ lower, upper }) });
define("indexedDB", {
  open() {
    const request = { result: opened };
    queueMicrotask(() => request.onsuccess());
    return request;
  },
});

export function emptyStorage() {
  Object.assign(disk, { entries: new Map(), isFull: false, waiting: null, durability: [] });
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage)) storage.removeItem(key);
  }
}

// Runs action() where the browser refuses to store anything, as in private mode. names: what it refuses.
export async function withoutStorage(action, names = ["localStorage", "sessionStorage", "indexedDB"]) {
  const before = names.map((name) => globalThis[name]);
  const refusal = {
    get() {
      throw new Error("storage is switched off");
    },
    configurable: true,
  };
  for (const name of names) Object.defineProperty(globalThis, name, refusal);
  try {
    return await action();
  } finally {
    names.forEach((name, index) => define(name, before[index]));
  }
}

// Lets everything run that waits for a promise and not for a timer.
export async function settled() {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

// A reply of our site, with its mark. result: an object for JSON, or a text of another type.
export function ownReply(status, result = {}, type = "text/html") {
  const isJson = typeof result !== "string";
  const body = isJson ? JSON.stringify(result) : result;
  const headers = { "X-Own-Reply": `${new TextEncoder().encode(body).length}`, "Content-Type": isJson ? "application/json" : type };
  return new Response(status === 204 ? null : body, { status, headers });
}
