// The rows of slots in the admin's form of an interview: moved up and down by buttons, or with
// Alt and an arrow key; and whatever changes, the page counts again what they can draw.
(() => {
  const GROUP = "#slots-group";
  const rowsOf = (group) =>
    [...group.querySelectorAll("tbody tr.form-row:not(.empty-form)")].filter((row) => row.id);

  function changed() {
    const fill = document.getElementById("fill");
    if (fill) window.htmx.trigger(fill, "slots-changed");
  }

  function number(group) {
    rowsOf(group).forEach((row, index) => {
      const box = row.querySelector('input[name$="-position"]');
      if (box) box.value = index + 1;
    });
  }

  function said(group, words) {
    group.querySelector("[data-slots-said]").textContent = words;
  }

  function move(row, step) {
    const group = row.closest(GROUP);
    const rows = rowsOf(group);
    const from = rows.indexOf(row);
    const to = from + step;
    if (to < 0 || to >= rows.length) {
      said(group, step < 0 ? "It is the first one." : "It is the last one.");
      return;
    }
    const focused = document.activeElement;
    if (step < 0) rows[to].before(row);
    else rows[to].after(row);
    number(group);
    if (row.contains(focused)) focused.focus();
    said(group, `Now step ${to + 1} of ${rows.length}.`);
    changed();
  }

  function button(words, sign, step) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "slot-move";
    made.textContent = sign;
    made.setAttribute("aria-label", words);
    made.title = words;
    made.addEventListener("click", () => move(made.closest("tr"), step));
    return made;
  }

  function addButtons(row) {
    const cell = row.querySelector("td.field-position");
    if (!cell || cell.querySelector(".slot-move")) return;
    const both = document.createElement("span");
    both.className = "slot-moves";
    both.append(button("Move up", "↑", -1), button("Move down", "↓", 1));
    cell.append(both);
  }

  document.addEventListener("DOMContentLoaded", () => {
    const group = document.querySelector(GROUP);
    if (!group) return;
    if (group.querySelector('input[name$="-position"]')) {
      const status = document.createElement("p");
      status.className = "visually-hidden";
      status.setAttribute("role", "status");
      status.dataset.slotsSaid = "";
      group.append(status);
      rowsOf(group).forEach(addButtons);
    }
    group.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      const row = event.target.closest("tr.form-row");
      if (!event.altKey || !step || !row) return;
      event.preventDefault();
      move(row, step);
    });
    document.addEventListener("formset:added", ({ target }) => {
      addButtons(target);
      number(group);
      changed();
    });
    document.addEventListener("formset:removed", () => {
      number(group);
      changed();
    });
    // select2 tells jQuery alone of its changes
    window.django.jQuery(group).on("change input", changed);
  });
})();
