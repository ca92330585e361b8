"""What is wrong with the layout of a page that no rule of axe-core knows."""

from playwright.sync_api import Page

OPEN_EVERYTHING = "document.querySelectorAll('details').forEach(each => { each.open = true; })"

FAULTS = r"""() => {
    const faults = new Set(), words = [];
    const clips = "svg, select, .visually-hidden, .wide, .dots, .words, .sentences, textarea";
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text; (text = texts.nextNode());) {
        const parent = text.parentElement;
        if (!parent.checkVisibility() || parent.closest(clips)) continue;
        let isCut = false, floats = false;
        for (let each = parent; each; each = each.parentElement) {
            const { overflowX, position } = getComputedStyle(each);
            isCut ||= each !== document.body && overflowX !== "visible";
            floats ||= ["absolute", "fixed", "sticky"].includes(position);
        }
        for (const found of text.data.matchAll(/[\p{L}\p{N}]{1,18}/gu)) {
            const range = document.createRange();
            range.setStart(text, found.index);
            range.setEnd(text, found.index + found[0].length);
            const boxes = [...range.getClientRects()].filter(box => box.width > 0);
            if (new Set(boxes.map(box => Math.round(box.top))).size > 1) {
                faults.add(`torn: ${found[0]}`);
            }
            if (isCut || floats) continue;
            for (const box of boxes) {
                if (box.right > innerWidth + 1) faults.add(`beside the window: ${found[0]}`);
                words.push([box, parent, found[0]]);
            }
        }
    }
    words.forEach(([a, one, word], index) => {
        for (const [b, other, next] of words.slice(index + 1)) {
            if (one.contains(other) || other.contains(one)) continue;
            const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (width > 2 && height > 5) faults.add(`over each other: ${word}, ${next}`);
        }
    });
    return [...faults];
}"""


def layout_faults(page: Page) -> list[str]:
    """Words that are cut in two, stand outside of the window or lie over each other.

    Left out is what a box is meant to cut, and what floats above the page.
    """
    return page.evaluate(FAULTS)
