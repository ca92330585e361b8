"""Who may import whom among the scripts, and what scripts and pages may do."""

import re
from pathlib import Path

import pytest

from tests.test_architecture import MOST_MODULES, ROOT, name_of

SCRIPTS = sorted((ROOT / "static/js").rglob("*.js"))
SCRIPT_FOLDERS = (
    # From the ground up: a script may import from the folders before its own, and from its own.
    *("storage", "page", "clock", "saving", "speaking", "room", "result", "admin"),
)
MOST_LINES = 200
IMPORTED = re.compile(r'^import (?:\{([^{}]*)\} from )?"([^"]+)";$', re.MULTILINE)
EXPORTED = re.compile(r"^export (?:async function|function|class|const) (\w+)", re.MULTILINE)


def imports_of_script(path: Path) -> list[tuple[Path, set[str]]]:
    """Each script that this one imports, and the names that it takes from there."""
    return [
        ((path.parent / other).resolve(), {name.split()[0] for name in names.split(",") if name})
        for names, other in IMPORTED.findall(path.read_text())
    ]


def script_folder_of(path: Path) -> str:
    return path.relative_to(ROOT / "static/js").parts[0]


def test_each_script_is_in_a_folder_of_the_table():
    assert {script_folder_of(path) for path in SCRIPTS} == set(SCRIPT_FOLDERS)


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_imports_of_scripts_go_one_way(path):
    here = SCRIPT_FOLDERS.index(script_folder_of(path))
    folders = {script_folder_of(other) for other, _ in imports_of_script(path)}
    assert [name for name in folders if SCRIPT_FOLDERS.index(name) > here] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_a_script_imports_only_what_another_exports(path):
    """In a bundle a name that nobody exports would be undefined, without a word."""
    for other, names in imports_of_script(path):
        assert names <= set(EXPORTED.findall(other.read_text())), name_of(other)


@pytest.mark.parametrize("folder", sorted({path.parent for path in SCRIPTS}), ids=name_of)
def test_a_folder_of_scripts_has_few_modules(folder):
    assert len(list(folder.glob("*.js"))) <= MOST_MODULES


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_a_script_can_be_read_in_one_sitting(path):
    assert len(path.read_text().splitlines()) <= MOST_LINES


# --- what a browser stores ------------------------------------------------------------------

STORAGE_FILE = ROOT / "static/js/storage/storage.js"
STORES = ("localStorage", "sessionStorage", "indexedDB", "caches.", "navigator.storage")


@pytest.mark.parametrize("path", [p for p in SCRIPTS if p != STORAGE_FILE], ids=name_of)
def test_only_one_script_names_the_storage_of_the_browser(path):
    """A browser may refuse it at any moment, which must not stop a script in its middle."""
    assert [store for store in STORES if store in path.read_text()] == []


ASKING = [path for path in SCRIPTS if "fetch(" in path.read_text()]


@pytest.mark.parametrize("path", ASKING, ids=name_of)
def test_a_script_that_asks_takes_only_a_reply_of_ours_for_an_answer(path):
    """A proxy's page may come with a 200, and a reply may be cut off."""
    assert "ownReply(" in path.read_text() or "(ownReply)" in path.read_text()


def test_the_one_script_that_does_is_there():
    assert all(store in STORAGE_FILE.read_text() for store in STORES[:3])


# --- pages ----------------------------------------------------------------------------------

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_page_brings_no_script_style_or_handler_of_its_own(path):
    """The content security policy would refuse them in the browser, without a word."""
    text = path.read_text()
    for inline in ("<style", " style=", " onclick=", " onload=", " onsubmit=", "javascript:"):
        assert inline not in text
    assert all(" src=" in tag for tag in text.split("<script")[1:] if "json_script" not in tag)
