"""Modules put into one file: in order, each with names of its own, and nothing misunderstood."""

import re
import subprocess

import pytest

from quizsite.staticfiles.bundles import BUNDLES, BundleError, bundle
from tests.js.test_scripts import STATIC, node


def source(modules: dict[str, str]):
    """A reader of these modules of static/js, of which page/page is the entry."""
    return lambda name: modules[name.removeprefix("js/").removesuffix(".js")]


def run(text: str, tmp_path) -> str:
    file = tmp_path / "bundle.mjs"
    file.write_text(text)
    if node() is None:
        pytest.skip("needs Node")
    done = subprocess.run([node(), file], capture_output=True, text=True, check=True)
    return done.stdout


def test_modules_run_once_in_the_order_in_which_they_are_needed(tmp_path):
    modules = {
        "page/page": 'import { b } from "./left.js";\nimport "./right-one.js";\nlog(`page ${b}`);\n'
        "function log(words) { console.log(words); }\n",
        "page/left": 'import { a as first } from "./base.js";\nexport const b = first() + 1;\n'
        'const log = "not that of the entry";\nconsole.log("left");\n',
        "page/right-one": 'import { a } from "./base.js";\nconsole.log("right", a());\n',
        "page/base": 'let times = 0;\nconsole.log("base");\n'
        "export function a() { return ++times; }\n",
    }
    read = source(modules)
    assert run(bundle("bundles/page.js", read), tmp_path) == "base\nleft\nright 2\npage 2\n"


def test_modules_of_other_folders_are_found_from_where_they_are_imported(tmp_path):
    modules = {
        "page/page": 'import { name } from "./name.js";\nimport { a } from "../room/name.js";\n'
        'import { b } from "./deep/er/name.js";\nconsole.log(name, a, b);\n',
        "page/name": 'export const name = "page";\n',
        "room/name": 'import { name as n } from "../page/name.js";\n'
        'import { last } from "../last.js";\nexport const a = `room of ${n} and ${last}`;\n',
        "page/deep/er/name": 'import { a as n } from "../../../room/name.js";\n'
        "export const b = `deep of ${n}`;\n",
        "last": 'export const last = "last";\n',
    }
    said = "page room of page and last deep of room of page and last\n"
    assert run(bundle("bundles/page.js", source(modules)), tmp_path) == said


def test_a_module_that_is_named_in_two_ways_runs_once(tmp_path):
    modules = {
        "page/page": 'import "./one.js";\nimport "../page/one.js";\nimport "../room/two.js";\n',
        "page/one": 'console.log("one");\n',
        "room/two": 'import "../room/../page/one.js";\nimport "./../page/one.js";\n',
    }
    assert run(bundle("bundles/page.js", source(modules)), tmp_path) == "one\n"


def test_names_that_look_alike_stay_apart(tmp_path):
    modules = {
        "page/page": 'import { a } from "./a/b.js";\nimport { a as b } from "./a-b.js";\n'
        'import { a as c } from "./a_b.js";\nconsole.log(a, b, c);\n',
        "page/a/b": "export const a = 1;\n",
        "page/a-b": "export const a = 2;\n",
        "page/a_b": "export const a = 3;\n",
    }
    assert run(bundle("bundles/page.js", source(modules)), tmp_path) == "1 2 3\n"


def test_an_entry_may_wait(tmp_path):
    read = source({"page/page": "const one = await Promise.resolve(1);\nconsole.log(one);\n"})
    assert run(bundle("bundles/page.js", read), tmp_path) == "1\n"


def test_a_bundle_exports_what_its_entry_exports_and_nothing_else(tmp_path):
    modules = {
        "page/page": 'import { a } from "./other.js";\nexport const b = a + 1;\n'
        "export function c() { return b; }\n",
        "page/other": "export const a = 1;\n",
    }
    (tmp_path / "made.mjs").write_text(bundle("bundles/page.js", source(modules)))
    user = 'import * as made from "./made.mjs";\nconsole.log(Object.keys(made).sort(), made.c());\n'
    assert run(user, tmp_path) == "[ 'b', 'c' ] 2\n"


def test_lines_that_are_comments_stay_behind_and_nothing_else(tmp_path):
    modules = {
        "page/page": '// About the page.\nimport { a } from "./other.js";\n\n'
        '  // More about it.\nconsole.log(a, "https://example.org"); // beside code\n',
        "page/other": "// About the other.\nexport const a = `// not a comment`;\n",
    }
    text = bundle("bundles/page.js", source(modules))
    assert run(text, tmp_path) == "// not a comment https://example.org\n"
    assert "bout" not in text
    sheets = {"css/pages.css": '@import "a.css";\n/* About\n   it. */\nb { c: d; }\n',
              "css/a.css": "/* About a */\na { b: c; } /* beside */\n"}  # fmt: skip
    styles = bundle("bundles/pages.css", sheets.__getitem__)
    assert "".join(styles.split()) == "a{b:c;}b{c:d;}"


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.js")), ids=lambda path: path.name)
def test_no_text_in_a_script_has_a_line_that_looks_like_a_comment(path):
    """A bundle would leave it behind."""
    texts = path.read_text().split("`")[1::2]
    assert [text for text in texts if re.search(r"^\s*//", text, re.MULTILINE)] == []


def test_a_bundle_may_fetch_another_one_by_its_address(tmp_path):
    (tmp_path / "later.mjs").write_text("export const a = 1;\n")
    modules = {
        "page/page": 'import { load } from "./load.js";\n'
        'const { a } = await load("./later.mjs");\nconsole.log(a);\n',
        "page/load": "export const load = (address) => import(address);\n",
    }
    assert run(bundle("bundles/page.js", source(modules)), tmp_path) == "1\n"


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
        "const later = import(address + name);",
        "const here = import.meta.url;",
        'import { a } from "../../other.js";',
        'import { a } from "/js/page/other.js";',
        'import { a } from ".../other.js";',
        'import { a } from "./.other.js";',
        'import { a } from "./other.mjs";',
    ],
)
def test_what_a_bundle_does_not_understand_is_refused(text):
    modules = {"page/page": text, "page/other": "export const a = 1;\n"}
    with pytest.raises(BundleError, match=r"page/page\.js"):
        bundle("bundles/page.js", source(modules))


def test_modules_that_import_each_other_are_refused():
    modules = {"page/page": 'import "../room/other.js";', "room/other": 'import "../page/page.js";'}
    with pytest.raises(BundleError, match="itself"):
        bundle("bundles/page.js", source(modules))


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
