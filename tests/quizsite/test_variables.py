"""The variables: what the code reads, what the pages say, what docker-compose.yml passes on.

Whoever adds one finds here where it is missing.
"""

import ast
import re
from collections import Counter
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = (ROOT / "docker-compose.yml").read_text()
SERVICES = yaml.safe_load(COMPOSE)["services"]

OWN_MACHINE = {"DEBUG", "PORT", "DATA_DIR", "BROWSER_PATH"}
"""Of `make run`, `make dev` and the tests alone."""
OF_THE_IMAGE = {"WEB_ADDRESS", "SCORING_WEIGHTS_DIR"}
"""The image sets them, or has what they would name."""
INTERNAL = {
    *("DJANGO_SETTINGS_MODULE", "MAKELEVEL", "RUN_MAIN", "EMBEDDED_DATABASE"),
    *("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "PROMETHEUS_MULTIPROC_DIR"),
}
"""Nobody sets these by hand: programs tell each other something."""


def read() -> set[str]:
    """The names that the code asks the environment for."""
    found = set()
    for app in ("quizsite", "questions", "attempts", "manage.py", "tests/browser"):
        place = ROOT / app
        for path in [place] if place.is_file() else place.rglob("*.py"):
            found |= names_read(ast.parse(path.read_text()))
    return found - INTERNAL


def names_read(tree: ast.Module) -> set[str]:
    """Of env.str("NAME"), os.environ.get("NAME"), os.environ["NAME"] and "NAME" in os.environ; the
    name may also be a constant of the module."""
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    asked: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            if ast.unparse(node.func.value) in ("env", "os.environ"):
                asked.append(node.args[0])
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            asked.append(node.slice)
        elif isinstance(node, ast.Compare) and "os.environ" in map(ast.unparse, node.comparators):
            asked.append(node.left)
    values = [
        name.value if isinstance(name, ast.Constant) else constants.get(ast.unparse(name))
        for name in asked
    ]
    return {value for value in values if isinstance(value, str)}


def rows(page: str) -> list[str]:
    """The variables in the first columns of a page's tables."""
    text = (ROOT / page).read_text()
    cells = re.findall(r"^\| (`[A-Z_`, ]+`) \|", text, re.MULTILINE)
    return re.findall(r"`([A-Z_]+)`", " ".join(cells))


def interpolated() -> set[str]:
    """What docker-compose.yml takes from .env or the shell."""
    without_value = {
        name
        for service in SERVICES.values()
        for name, value in service.get("environment", {}).items()
        if value is None
    }
    text = "\n".join(line for line in COMPOSE.splitlines() if not line.lstrip().startswith("#"))
    return without_value | set(re.findall(r"\$\{([A-Z_]+)", text))


def in_example() -> list[str]:
    text = (ROOT / ".env.example").read_text()
    return re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE)


def test_the_code_is_read_as_it_is_written():
    code = 'A = "ONE"\nenv.str("TWO", default="")\nos.environ.get(A)\nos.environ["THREE"]\n'
    assert names_read(ast.parse(code + '"FOUR" in os.environ')) == {"ONE", "TWO", "THREE", "FOUR"}
    assert {"SECRET_KEY", "WEB_SOCKET", "SCORING_WEIGHTS_DIR", "PORT"} <= read()


def test_every_variable_is_explained_and_no_other():
    explained = {*rows("README.md"), *rows("docs/production.md")}
    assert read() | interpolated() == explained


def test_what_production_reads_is_explained_once_on_the_page_of_production():
    page = Counter(rows("docs/production.md"))
    assert [name for name, count in page.items() if count > 1] == []
    missing = (read() - OWN_MACHINE - OF_THE_IMAGE) | interpolated()
    assert missing - set(page) == set()


def test_compose_passes_on_what_the_site_reads_and_nothing_else():
    assert set(SERVICES["web"]["environment"]) == read() - OWN_MACHINE - OF_THE_IMAGE


def test_the_example_has_what_compose_reads_and_nothing_else():
    assert sorted(in_example()) == sorted(interpolated())
