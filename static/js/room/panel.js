// The panel of options, and the other dialogs' buttons that close them.

import { option, setOption } from "../storage/options.js";

// changed(name): a person has changed an option.
export function bindPanel(changed) {
  document.addEventListener("click", ({ target }) => {
    if (target.id === "toggle-timer") change("timer", !option("timer"));
    else if (target.id === "show-options") document.getElementById("options").showModal();
    else if ("close" in target.dataset) target.closest("dialog").close();
  });

  for (const box of document.querySelectorAll("[data-option]")) {
    box.checked = option(box.dataset.option);
    box.addEventListener("change", () => change(box.dataset.option, box.checked));
  }

  function change(name, isOn) {
    setOption(name, isOn);
    changed(name);
  }
}
