"""Modules put into one file: in order, each with names of its own, and nothing misunderstood."""

import subprocess

import pytest

from quizsite.staticfiles.bundles import BUNDLES, BundleError, bundle
from tests.js.test_scripts import STATIC, node


def source(**modules: str):
    """A reader of these modules, of which `page` is the entry."""
    return lambda name: modules[name.removeprefix("js/").removesuffix(".js")]


def run(text: str, tmp_path) -> str:
    file = tmp_path / "bundle.mjs"
    file.write_text(text)
    if node() is None:
        pytest.skip("needs Node")
    done = subprocess.run([node(), file], capture_output=True, text=True, check=True)
    return done.stdout


def test_modules_run_once_in_the_order_in_which_they_are_needed(tmp_path):
    read = source(
        page='import { b } from "./left.js";\nimport "./right-one.js";\nlog(`page ${b}`);\n'
        "function log(words) { console.log(words); }\n",
        left='import { a as first } from "./base.js";\nexport const b = first() + 1;\n'
        'const log = "not that of the entry";\nconsole.log("left");\n',
        **{"right-one": 'import { a } from "./base.js";\nconsole.log("right", a());\n'},
        base='let times = 0;\nconsole.log("base");\nexport function a() { return ++times; }\n',
    )
    assert run(bundle("bundles/page.js", read), tmp_path) == "base\nleft\nright 2\npage 2\n"


def test_an_entry_may_wait(tmp_path):
    read = source(page="const one = await Promise.resolve(1);\nconsole.log(one);\n")
    assert run(bundle("bundles/page.js", read), tmp_path) == "1\n"


@pytest.mark.parametrize(
    "text",
    [
        "export default 1;",
        "export { a };",
        "export let a = 1;",
        'export * from "./other.js";',
        'import all from "./other.js";',
        'import * as all from "./other.js";',
        "import { a } from './other.js';",
        'import { a } from "elsewhere";',
        'const later = import("./other.js");',
        "const here = import.meta.url;",
    ],
)
def test_what_a_bundle_does_not_understand_is_refused(text):
    with pytest.raises(BundleError, match=r"page\.js"):
        bundle("bundles/page.js", source(page=text, other="export const a = 1;\n"))


def test_modules_that_import_each_other_are_refused():
    read = source(page='import "./other.js";', other='import "./page.js";')
    with pytest.raises(BundleError, match="itself"):
        bundle("bundles/page.js", read)


@pytest.mark.parametrize("name", BUNDLES)
def test_each_bundle_of_the_site_has_everything_that_its_entry_needs(name):
    text = bundle(name, lambda source: (STATIC.parent / source).read_text())
    assert "import " not in "".join(
        line for line in text.splitlines() if line.startswith(("import", "@import"))
    )
    if name.endswith(".js"):
        checked = subprocess.run(
            [node() or pytest.skip("needs Node"), "--input-type=module", "--check", "-"],
            input=text, capture_output=True, text=True,
        )  # fmt: skip
        assert checked.returncode == 0, checked.stderr
