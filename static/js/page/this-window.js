// The name of this tab, by which the site knows whether an interview was ended here or elsewhere.

import { ofTab } from "../storage/storage.js";

export const thisWindow = ofTab.get("tab") ?? `${Math.random()}`.slice(2);
ofTab.set("tab", thisWindow);

function nameIn(root) {
  for (const field of root.querySelectorAll("input[name=window]")) field.value = thisWindow;
}

// Every form that may end an interview carries the name.
export function nameForms() {
  document.addEventListener("htmx:load", ({ detail }) => nameIn(detail.elt));
  nameIn(document);
}
