// Scripts that a page fetches only when somebody wants what they do. Each has a bundle of its own.

// Resolves to what the script at this address exports. A browser may remember that it could not be fetched, so
// another try asks by another address.
export class Later {
  #script = null;
  #tries = 0;

  load(from) {
    const address = this.#tries ? `${from}?try=${this.#tries}` : from;
    this.#script ??= import(address).catch((error) => {
      this.#script = null;
      this.#tries += 1;
      throw error;
    });
    return this.#script;
  }
}
