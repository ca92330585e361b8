// select2's boxes in a table have no names. Each takes the name of the select that it replaces.
(() => {
  function label(root) {
    for (const select of root.querySelectorAll("select.admin-autocomplete[aria-label]")) {
      const box = select.nextElementSibling?.querySelector("[role=combobox]");
      if (!box) continue;
      const shown = box.querySelector(".select2-selection__rendered");
      box.id = `${select.id}-box`;
      box.setAttribute("aria-label", select.getAttribute("aria-label"));
      box.setAttribute("aria-labelledby", `${box.id} ${shown.id}`);
      // Otherwise it would be a text box of its own, without a name.
      for (const name of ["role", "aria-readonly"]) shown.removeAttribute(name);
    }
  }

  addEventListener("load", () => {
    const { jQuery } = window.django;
    jQuery(() => label(document)); // After select2, which waits for the same event and registered first.
    jQuery(document).on("select2:open", ({ target }) => {
      const search = document.querySelector(".select2-container--open .select2-search__field");
      search?.setAttribute("aria-label", `Search: ${target.getAttribute("aria-label")}`);
    });
    // select2 listens to this event, too. Its boxes are there a turn later.
    document.addEventListener("formset:added", ({ target }) => setTimeout(() => label(target)));
  });
})();
