// What the shortcuts do in the room.

import { inWords } from "../../clock/clock.js";
import { statusShown } from "../display.js";
import { listenForShortcuts } from "./shortcuts.js";
import { askWhetherSure } from "./sure.js";

// now(): {room, saver, clock} as they are. say(words): tells a screen reader.
export function bindKeys(now, say) {
  const press = (selector) => now().room.querySelector(selector)?.click();

  // question: the dialog that asks whether to leave a question for good. In practice it comes again.
  async function leaveBy(selector, question) {
    const { room } = now();
    if (!room.dataset.forward || room.dataset.practice || !room.querySelector(selector)) return press(selector);
    if ((await askWhetherSure(question)) && now().room === room) press(selector);
  }

  listenForShortcuts({
    submit() {
      // The server asks about a question without an answer.
      if (now().saver?.box.value.trim()) leaveBy("#submit-answer", "sure-submit");
      else press("#submit-answer");
    },
    skip: () => leaveBy("#skip", "sure-skip"),
    flag: () => press("#flag"),
    async save() {
      const { saver } = now();
      await saver?.flush("auto");
      if (saver) say(statusShown());
    },
    sayTime() {
      const { clock } = now();
      say(clock.left === null ? "No time limit" : `${inWords(clock.leftNow)} left`);
    },
  });
}
