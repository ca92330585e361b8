// The name of this tab, by which the site knows whether an interview was ended here or elsewhere.

import { ofTab } from "./storage.js";

export const thisWindow = ofTab.get("tab") ?? `${Math.random()}`.slice(2);
ofTab.set("tab", thisWindow);

function nameIn(root) {
  for (const field of root.querySelectorAll("input[name=window]")) field.value = thisWindow;
}

document.addEventListener("htmx:load", ({ detail }) => nameIn(detail.elt));
nameIn(document);
