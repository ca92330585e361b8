// A press counts only for what its person had seen. For a second after something new is shown its
// buttons do not act, neither for the mouse nor for touch nor for keys; and a key that is still held
// does nothing there. The buttons are not disabled, so that they keep the focus.

const LOOK = 1_000;
const BUTTONS = "button:not([type=button]), a.btn";
const holds = new Set();
let shown = 0; // how often something new was shown
let shownAtKeydown = -1; // no key that went down before this page was loaded

const isHeld = (button) => [...holds].some(({ root }) => root.contains(button));

function mark(root) {
  const buttons = [...root.querySelectorAll(BUTTONS), ...(root.matches(BUTTONS) ? [root] : [])];
  for (const button of buttons) {
    if (isHeld(button)) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

// The buttons in root do not act until the function that this returns is called.
export function hold(root) {
  const one = { root };
  holds.add(one);
  mark(root);
  return () => holds.delete(one) && mark(root);
}

// Something new is shown.
export function showNew(root) {
  shown += 1;
  setTimeout(hold(root), LOOK);
}

function refuse(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(BUTTONS);
  if (button && isHeld(button)) refuse(event);
}, true);

document.addEventListener("keydown", (event) => {
  if (!event.repeat) {
    shownAtKeydown = shown;
    return;
  }
  const presses = event.key === "Enter" || event.key === " ";
  if (shownAtKeydown !== shown || (presses && event.target.closest?.("button, a, summary"))) refuse(event);
}, true);
