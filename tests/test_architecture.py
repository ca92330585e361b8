"""Who may import whom, who may write what, and who may read the clock: each as a table."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("questions", "attempts", "quizsite")
SOURCES = sorted(
    path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    return name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imports_of(path: Path) -> set[str]:
    """Full names of what a file imports: modules, and names from modules."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: relative imports hide who imports whom"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def is_part_of(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


def violations(paths, forbidden) -> list[str]:
    return [
        f"{name_of(path)} imports {name}"
        for path in paths
        for name in sorted(imports_of(path))
        if any(is_part_of(name, module) for module in forbidden)
    ]


# --- rooms ----------------------------------------------------------------------------------

ROOMS = (
    # From the ground up: a room may import those above its line in this table, and itself.
    # Pure: values in, values out. No Django, no database, no clock.
    *("questions.rules", "questions.formats", "attempts.rules", "attempts.scoring"),
    # The scorer in a process of its own: no Django, no database.
    "attempts.scoring_process",
    # A model on another server: no Django, no database.
    "attempts.chat_engine",
    # What every request needs.
    *("quizsite.local", "quizsite.logs", "quizsite.clock", "quizsite.page_scripts"),
    *("quizsite.database", "quizsite.metrics"),
    *("quizsite.permissions_policy", "quizsite.backups"),
    # Content.
    *("questions.models", "questions.templatetags", "questions.rendering", "questions.roles"),
    *("questions.bank", "questions.exchange", "questions.management", "questions.admin"),
    # Timed attempts.
    *("attempts.owners", "attempts.models", "attempts.transitions", "attempts.marking"),
    "attempts.asking",
    *("attempts.statistics", "attempts.reports", "attempts.shown_words"),
    *("attempts.preferences", "attempts.forms", "attempts.start_forms", "attempts.unsaved_text"),
    "attempts.own_data",
    # What who runs the site can see of it; commands may open it to Prometheus.
    *("attempts.health", "quizsite.watching"),
    *("attempts.templatetags", "attempts.example_data", "attempts.management"),
    "attempts.practice",
    *("attempts.views", "attempts.urls", "attempts.practice_urls", "attempts.question_urls"),
    "attempts.own_interview_urls",
    "attempts.admin",
    # Wiring.
    "quizsite",
)
PURE = ("questions.rules", "questions.formats", "attempts.rules", "attempts.scoring")


def room_of(module: str) -> str | None:
    """The room of a module: the longest entry of ROOMS that its name begins with."""
    return max((room for room in ROOMS if is_part_of(module, room)), key=len, default=None)


def arrows_up(path: Path) -> list[str]:
    """What a file imports from rooms below its own in the table."""
    here = ROOMS.index(room_of(module_of(path)))
    rooms = {name: room_of(name) for name in imports_of(path)}
    return [n for n, room in rooms.items() if room is not None and ROOMS.index(room) > here]


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_go_one_way(path):
    if module_of(path) in APPS and path.name == "__init__.py":
        return
    assert arrows_up(path) == []


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if room_of(module_of(path)) in PURE], ids=name_of
)
def test_rules_import_no_django(path):
    assert violations([path], ["django", "psycopg", "quizsite"]) == []


FORBIDDEN = [
    # what, where, may not import
    ("content knows nothing of attempts", "questions", ["attempts"]),
    ("transitions know no pages", "attempts/transitions",
     ["django.http", "django.shortcuts", "django.forms", "django.template"]),
    ("the bank knows no pages", "questions/bank",
     ["django.http", "django.shortcuts", "django.forms", "django.template"]),
    ("the chat engine knows no Django", "attempts/chat_engine", ["django", "psycopg", "quizsite"]),
    ("the scoring process knows no Django", "attempts/scoring_process",
     ["django", "psycopg", "quizsite"]),
    ("the embedded database needs nothing installed", "quizsite/local", ["django", "psycopg"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("folder", "forbidden"), [row[1:] for row in FORBIDDEN], ids=[row[0] for row in FORBIDDEN]
)
def test_some_rooms_stay_apart(folder, forbidden):
    paths = [path for path in SOURCES if name_of(path).startswith(f"{folder}/")]
    assert paths
    assert violations(paths, forbidden) == []


MOST_MODULES = 14


@pytest.mark.parametrize(
    "folder", sorted({path.parent for path in SOURCES}), ids=lambda f: name_of(f)
)
def test_a_room_has_few_modules(folder):
    modules = [path for path in SOURCES if path.parent == folder and path.name != "__init__.py"]
    assert len(modules) <= MOST_MODULES


def test_the_site_imports_no_tests():
    assert violations(SOURCES, ["tests"]) == []


@pytest.mark.parametrize("name", ["utils", "helpers", "services", "common", "core", "misc"])
def test_every_file_is_named_by_its_idea(name):
    assert [path for path in SOURCES if name in module_of(path).split(".")] == []


# --- who writes attempts --------------------------------------------------------------------

ROWS = {"Attempt", "Answer", "KeptText", "AddedTime", "SaidHere"}
RELATED = {"attempts", "answers", "kept_texts", "added_times", "said_here"}
WRITES = {
    *("save", "create", "update", "delete", "bulk_create", "bulk_update"),
    *("get_or_create", "update_or_create", "_raw_delete"),
}
OUTSIDE = [path for path in SOURCES if "attempts/transitions/" not in name_of(path)]


def writes_of_attempts(source: str) -> list[str]:
    """Calls that write rows of attempts, as far as one can tell without running the code.

    Those are Attempt.objects…create(), attempt.answers…update(), attempt.save(), Attempt(…).
    `transitions.save()` and a form's or a session's save are none.
    """
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in ROWS:
            found.append(ast.unparse(node.func))
        if isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            chain = names_in(node.func.value)
            singular = {"attempt", "answer", "kept", "kept_text", "added_time", "said"}
            if chain & (ROWS | RELATED | singular) and "transitions" not in chain:
                found.append(ast.unparse(node.func))
    return found


def names_in(node: ast.AST) -> set[str]:
    """Every name along a chain such as Attempt.objects.filter(…)."""
    named = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return named | {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}


@pytest.mark.parametrize("path", OUTSIDE, ids=name_of)
def test_only_transitions_write_attempts(path):
    assert writes_of_attempts(path.read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        "Attempt.objects.create(user=user)",
        "Attempt.objects.owned_by(owner).filter(pk=pk).update(score=100)",
        "attempt.save()",
        "attempt.answers.all().delete()",
        "self.attempt.save(update_fields=['score'])",
        "answer.kept_texts.create(text='')",
        "Answer.objects.bulk_create(rows)",
        "Attempt(user=user)",
    ],
)
def test_a_write_is_seen(source):
    assert writes_of_attempts(source)


@pytest.mark.parametrize(
    "source",
    [
        "transitions.save(owner, pk, 1, sent)",
        "form.save()",
        "context.update(attempt=attempt)",
        "request.session.save()",
        "Attempt.objects.running().count()",
    ],
)
def test_what_is_no_write_is_not_taken_for_one(source):
    assert writes_of_attempts(source) == []


# --- the clock ------------------------------------------------------------------------------

CLOCKS = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now"),
    *("timezone.localtime", "timezone.localdate", "time.time", "time.time_ns"),
    *("localtime", "localdate", "Now"),
}
CLOCK_FILE = ROOT / "quizsite/clock.py"


def clocks_read(source: str) -> list[str]:
    """Calls of a clock other than ours. time.monotonic and time.sleep tell no time of day."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    names = (ast.unparse(node.func) for node in calls)
    return [n for n in names if n in CLOCKS or ".".join(n.split(".")[-2:]) in CLOCKS]


@pytest.mark.parametrize("path", [p for p in SOURCES if p != CLOCK_FILE], ids=name_of)
def test_nobody_else_reads_a_clock(path):
    source = path.read_text()
    assert clocks_read(source) == []
    for word in ("statement_timestamp", "clock_timestamp", "transaction_timestamp", "auto_now"):
        assert word not in source


@pytest.mark.parametrize(
    "source", ["datetime.now()", "datetime.datetime.now(tz=UTC)", "timezone.now()", "time.time()"]
)
def test_a_clock_is_seen(source):
    assert clocks_read(source)
