// select2's boxes in a table have no names: they take that of the select which they stand for.
(() => {
  function label(root) {
    for (const select of root.querySelectorAll("select.admin-autocomplete[aria-label]")) {
      const box = select.nextElementSibling?.querySelector("[role=combobox]");
      if (!box) continue;
      const shown = box.querySelector(".select2-selection__rendered");
      box.id = `${select.id}-box`;
      box.setAttribute("aria-label", select.getAttribute("aria-label"));
      box.setAttribute("aria-labelledby", `${box.id} ${shown.id}`);
      // Else it is a text box of its own, without a name.
      for (const name of ["role", "aria-readonly"]) shown.removeAttribute(name);
    }
  }

  addEventListener("load", () => {
    const { jQuery } = window.django;
    jQuery(() => label(document)); // after select2, which waits for the same and asked before
    jQuery(document).on("select2:open", ({ target }) => {
      const search = document.querySelector(".select2-container--open .select2-search__field");
      search?.setAttribute("aria-label", `Search: ${target.getAttribute("aria-label")}`);
    });
    // select2 itself listens to this event: a turn later its boxes are there.
    document.addEventListener("formset:added", ({ target }) => setTimeout(() => label(target)));
  });
})();
