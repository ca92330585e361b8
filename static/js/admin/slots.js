// The slots in the admin's form of an interview: buttons move them up and down, as do Alt and an
// arrow key. After any change the page checks again whether there are enough questions for them.
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

  function announce(group, message) {
    group.querySelector("[data-slots-status]").textContent = message;
  }

  function move(row, by) {
    const group = row.closest(GROUP);
    const rows = rowsOf(group);
    const from = rows.indexOf(row);
    const to = from + by;
    if (to < 0 || to >= rows.length) {
      announce(group, by < 0 ? "This is the first slot." : "This is the last slot.");
      return;
    }
    const focused = document.activeElement;
    if (by < 0) rows[to].before(row);
    else rows[to].after(row);
    number(group);
    if (row.contains(focused)) focused.focus();
    announce(group, `Now slot ${to + 1} of ${rows.length}.`);
    changed();
  }

  function button(label, sign, by) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "slot-move";
    made.textContent = sign;
    made.setAttribute("aria-label", label);
    made.title = label;
    made.addEventListener("click", () => move(made.closest("tr"), by));
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
      status.dataset.slotsStatus = "";
      group.append(status);
      rowsOf(group).forEach(addButtons);
    }
    group.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      const row = event.target.closest("tr.form-row");
      if (!event.altKey || !by || !row) return;
      event.preventDefault();
      move(row, by);
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
    // select2 tells only jQuery about its changes.
    window.django.jQuery(group).on("change input", changed);
  });
})();
