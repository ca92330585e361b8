// Acts on the reply to a save: it changes the text, the status line and the page.

const TOO_LARGE_MESSAGE = "This text is too large to send. Please shorten it; it stays here meanwhile.";

export class SaveOutcome {
  isHalted = false; // a choice between two texts is open, or the question is closed
  theirs = null; // {text, revision} of the server, since somebody had to choose

  // answer: an AnswerText. status: a SaveStatus. on: that of the saver.
  constructor(answer, status, on) {
    Object.assign(this, { answer, status, on });
  }

  // meaning, result: see save-request.js. text: what was sent.
  follow(meaning, result, text) {
    if (meaning === "stored") return this.stored(result, text);
    if (meaning === "conflict") {
      this.answer.kept = text;
      this.letChoose({ text: result.stored, revision: result.revision });
      this.on.conflict(result.stored);
    } else if (meaning === "late") {
      this.isHalted = true;
      this.answer.serverHas(text);
      this.status.say("late", "Typed after time: kept with your result, not counted");
      this.on.closed();
    } else if (meaning === "logged-out" || meaning === "outdated") {
      if (meaning === "logged-out") this.status.say("logged-out", "Logged out: log in to save");
      else this.status.sayNotSaved({ isOnline: true });
      this.on.loggedOut();
    } else if (meaning === "refused") {
      this.status.say("too-long", "Not saved");
      this.on.refused(result?.message ?? TOO_LARGE_MESSAGE);
    } else if (meaning === "removed") {
      this.isHalted = true;
      this.answer.kept = text; // nothing is kept of it, and nothing more is tried
      this.answer.entry.forget();
      this.status.say("unsaved", "Not saved: this attempt was removed");
    } else {
      this.status.say("unsaved", "Not saved: this attempt was deleted, or it belongs to another account");
    }
  }

  stored(result, text) {
    this.answer.serverHas(text, result.revision);
    this.on.refused("");
    if (this.answer.value !== text) {
      this.answer.copy(); // it continues this revision
      this.status.say("unsaved", "Not saved yet");
    } else if (result.verdict === "not-emptied") {
      this.status.say("unsaved", "The box is empty. Your saved answer stays until you submit");
    } else {
      this.status.saySaved();
    }
    if (!result.running || !result.open) this.on.closed();
  }

  // theirs: {text, revision}. Nothing is saved until the person has chosen.
  letChoose(theirs) {
    this.isHalted = true;
    this.theirs = theirs;
    this.status.say("conflict", "Changed in another tab");
  }

  // The person has chosen the own text, which is still to be sent.
  keepMine() {
    this.isHalted = false;
  }

  // isSent: whether the server has the own text.
  takeTheirs(isSent) {
    this.isHalted = false;
    this.answer.replaceBy(this.theirs, isSent);
    this.status.say("saved", "Saved: the other text");
  }
}
