// Parts of a page change while somebody reads it. The focus, what is open, ticks that are not stored
// yet, and the lines before the reader's eyes stay where they are.

import { showTimes } from "../page/page.js";

// replacements: [[element of the page, its new version], …]
export function swapInPlace(replacements) {
  const { documentElement: root, activeElement: focused } = document;
  const wayToFocus = focused === document.body ? null : wayTo(focused);
  const seen = whatIsSeen(focused);
  root.style.overflowAnchor = "none"; // the browser's own way to keep the line would be added
  for (const [old, fresh] of replacements) swap(old, fresh);
  if (!focused.isConnected) document.querySelector(wayToFocus)?.focus({ preventScroll: true });
  const now = seen && (seen.element.isConnected ? seen.element : document.querySelector(seen.way));
  if (now) scrollBy({ top: now.getBoundingClientRect().top - seen.top, behavior: "instant" });
  requestAnimationFrame(() => requestAnimationFrame(() => root.style.removeProperty("overflow-anchor")));
}

function swap(old, fresh) {
  const ticked = [...old.querySelectorAll("[type=checkbox], [type=radio]")].filter((box) => box.checked !== box.defaultChecked);
  const open = [...old.querySelectorAll("details[open]")].map(wayTo);
  old.replaceWith(fresh);
  for (const { id, checked } of ticked) {
    const box = document.getElementById(id);
    if (box) box.checked = checked;
  }
  for (const way of open) document.querySelector(way)?.setAttribute("open", "");
  showTimes(fresh);
  window.htmx?.process(fresh);
}

// A selector that finds the same element in another version of its part.
function wayTo(element) {
  if (element.id || !element.parentElement) return `#${element.id}`;
  const name = element.name ? `[name="${element.name}"]` : "";
  return `#${element.parentElement.closest("[id]")?.id} ${element.localName}${name}`;
}

// What a reader most likely looks at: the focus if it is in the window, else what begins nearest to
// the middle of it.
function whatIsSeen(focused) {
  const middle = innerHeight / 2;
  const named = [...document.querySelectorAll("main [id], main summary")].map(placed);
  const inWindow = [placed(focused), ...named].filter(({ top, bottom }) => bottom > 0 && top >= 0 && top < innerHeight);
  if (inWindow[0]?.element === focused) return inWindow[0];
  return inWindow.sort((one, other) => Math.abs(one.top - middle) - Math.abs(other.top - middle))[0];
}

function placed(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return { element, way: wayTo(element), top, bottom };
}
