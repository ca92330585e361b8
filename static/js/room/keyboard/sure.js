// Asks before a shortcut does something that cannot be undone.

import { showNew } from "../../page/seen.js";

// id: of a dialog. Resolves to whether the person said yes.
export function askWhetherSure(id) {
  const dialog = document.getElementById(id);
  dialog.returnValue = "";
  dialog.showModal();
  showNew(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

// What was asked about is gone.
export function askNoMore() {
  for (const dialog of document.querySelectorAll("dialog.sure[open]")) dialog.close();
}
