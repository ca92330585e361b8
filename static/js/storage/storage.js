// The browser's storage. It may be refused, full or switched off at any moment, so nothing here throws.
// No other script names it.

const PATIENCE = 3_000; // some browsers never answer when a database is opened

function guarded(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

// Short texts, read and written at once. They reach the disk seconds later, so they outlive the page but
// not a crash of the browser. What the browser refuses is known until the page goes.
class Area {
  #open;
  #refused = new Map();

  constructor(open) {
    this.#open = open;
  }

  get(key) {
    return this.#refused.get(key) ?? guarded(() => this.#open().getItem(key));
  }

  // Returns whether the browser took it.
  set(key, value) {
    const isTaken = guarded(() => this.#open().setItem(key, value) ?? true) ?? false;
    if (isTaken) this.#refused.delete(key);
    else this.#refused.set(key, `${value}`);
    return isTaken;
  }

  remove(key) {
    this.#refused.delete(key);
    guarded(() => this.#open().removeItem(key));
  }

  keys(prefix) {
    return guarded(() => Object.keys(this.#open()).filter((key) => key.startsWith(prefix))) ?? [];
  }
}

export const ofBrowser = new Area(() => localStorage);
export const ofTab = new Area(() => sessionStorage);

// Objects with a `key`. A change that was reported as done is on the disk.
class Database {
  #opened = null;
  refusal = ""; // the name of the error with which the browser last refused a change

  constructor(name) {
    this.name = name;
  }

  // Each resolves to whether it is done.
  put(entry) {
    return this.#change((store) => store.put(entry));
  }

  // Only where there is an entry with this key. Resolves to "stored", "gone" (there is none) or "refused".
  async putBeside(key, entries) {
    let isThere = false;
    const lookFirst = (store, fail) => {
      store.count(key).onsuccess = ({ target }) => {
        isThere = target.result > 0;
        try {
          if (isThere) for (const entry of entries) store.put(entry);
        } catch (error) {
          fail(error);
        }
      };
    };
    if (!(await this.#change(lookFirst, { isComplete: false }))) return "refused";
    return isThere ? "stored" : "gone";
  }

  remove(key) {
    return this.#change((store) => store.delete(key));
  }

  removeAll(prefix) {
    return this.#change((store) => store.delete(keysFrom(prefix)));
  }

  // Resolves to the entries whose keys begin with `prefix`; to none where the browser refuses.
  async entries(prefix) {
    let found;
    const isRead = await this.#change((store) => {
      found = store.getAll(keysFrom(prefix));
    }, { mode: "readonly" });
    return isRead ? found.result : [];
  }

  // isComplete: change() makes all its requests at once, none in answer to another one.
  async #change(change, { mode = "readwrite", isComplete = true } = {}) {
    try {
      const database = await (this.#opened ??= open(this.name));
      await new Promise((resolve, reject) => {
        const transaction = database.transaction("entries", mode, { durability: "strict" });
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
        change(transaction.objectStore("entries"), (error) => {
          reject(error);
          transaction.abort();
        });
        if (isComplete) transaction.commit?.(); // it ends even if the page is left now
      });
      return true;
    } catch (error) {
      this.refusal = error?.name ?? "";
      this.#opened = null; // the next change tries again
      return false;
    }
  }
}

const keysFrom = (prefix) => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

function open(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    const timer = setTimeout(reject, PATIENCE);
    request.onupgradeneeded = () => request.result.createObjectStore("entries", { keyPath: "key" });
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      clearTimeout(timer);
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
  });
}

export const database = new Database("unsaved");
export const recordings = new Database("recordings");
