// On narrow screens the admin's wide tables are stacked (css/admin-narrow.css). Each cell gets the
// heading of its column, and roles, because a table that is laid out as blocks loses them.
(() => {
  const TABLES = "#result_list, .inline-group table, .scrolled table, .exchange-rows";
  const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };

  function headingOf(cell) {
    return (cell.querySelector(".text") ?? cell).textContent.trim();
  }

  function label(row, headings) {
    const cells = [...row.cells];
    // A row begins further right if cells of a row above span into it.
    let column = headings.length - cells.reduce((sum, cell) => sum + cell.colSpan, 0);
    for (const cell of cells) {
      // A cell that spans columns has no heading of its own.
      cell.dataset.label = cell.colSpan > 1 ? "" : (headings[column] ?? "");
      column += cell.colSpan;
    }
  }

  function keepRoles(table) {
    for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, td")]) {
      part.setAttribute("role", ROLES[part.tagName]);
    }
    for (const head of table.querySelectorAll("th")) {
      head.setAttribute("role", head.closest("thead") ? "columnheader" : "rowheader");
    }
  }

  // A list that is still too wide scrolls. The keyboard can reach the region, and it has a name.
  function nameRegion(table) {
    const region = table.closest(".results, .scrolled, .inline-group");
    if (!region) return;
    region.tabIndex = 0;
    region.setAttribute("role", "region");
    const name = table.caption ?? region.querySelector("h2") ?? document.querySelector("#content h1");
    region.setAttribute("aria-label", name?.textContent.trim() ?? "Table");
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const table of document.querySelectorAll(TABLES)) {
      const headings = [...(table.tHead?.rows[0]?.cells ?? [])].map(headingOf);
      for (const body of table.tBodies) [...body.rows].forEach((row) => label(row, headings));
      keepRoles(table);
      nameRegion(table);
      table.dataset.stacked = "";
    }
  });
})();
