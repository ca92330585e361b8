// In a low window clock and question stay above the answer box (room.css). The style sheet is told how
// high they are, and how far a keyboard on the screen has moved what is seen. The box comes right below
// them, and a question that scrolls can be reached by keys.

const root = document.documentElement;
const tell = (name, pixels) => root.style.setProperty(name, `${Math.round(pixels)}px`);
const box = () => document.getElementById("answer");
const asked = () => document.getElementById("asked");
const isLow = () => getComputedStyle(asked()).position === "sticky";

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    tell(`--${target.id}`, target.offsetHeight);
    if (target.id === "asked") markScrolling(target);
  }
});

function markScrolling(element) {
  if (isLow() && element.scrollHeight > element.clientHeight) element.tabIndex = 0;
  else element.removeAttribute("tabindex");
}

// The room, or its clock, is new.
export function watchSizes() {
  sizes.disconnect();
  for (const id of ["clock", "asked"]) {
    const element = document.getElementById(id);
    if (element) sizes.observe(element);
  }
}

// Where a keyboard does not make the window lower, the browser moves what is seen within it. Who has
// made the page larger with two fingers looks at a part of it, and sees that part.
const seen = window.visualViewport;
const follow = () => tell("--pan", seen.scale > 1.01 ? 0 : seen.offsetTop);

// The keyboard came.
function resized() {
  follow();
  if (asked() && document.activeElement === box() && isLow()) box().scrollIntoView({ block: "start" });
}

seen?.addEventListener("scroll", follow);
seen?.addEventListener("resize", resized);
