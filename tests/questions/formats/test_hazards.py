"""The hazards of files: hostile, broken, foreign and half-read ones."""

import csv
import io
import itertools
import zipfile
from time import perf_counter
from xml.sax.saxutils import escape

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from questions.exchange.apply import run_import
from questions.exchange.export import export_bank
from questions.formats import FORMATS, FormatError, read_file
from questions.formats.encoding import MAX_BYTES
from questions.formats.tables import disarm, rearm
from questions.models import Question, Topic
from tests.factories import START, UserFactory
from tests.questions.large_bank import empty_bank, many_questions, many_topics

pytestmark = pytest.mark.django_db
SECONDS = 5


def run(name: str, data: bytes) -> None:
    list(run_import(name, read_file(name, data), now=START))


def quickly_refused(name: str, data: bytes) -> str:
    start = perf_counter()
    with pytest.raises(FormatError) as refusal:
        read_file(name, data)
    assert perf_counter() - start < SECONDS
    return str(refusal.value)


# --- 30: bombs, entities, paths -------------------------------------------------------------

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise("abcdefghi"))
    + "]><quiz><question type='essay'><name><text>&i;</text></name></question></quiz>"
).encode()
EXTERNAL = (
    b'<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<quiz><question type='essay'><name><text>&x;</text></name></question></quiz>"
)
YAML_LAUGHS = b"a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n" + b"".join(
    b"%c: &%c [%s]\n" % (n + 1, n + 1, b", ".join([b"*%c" % n] * 9)) for n in range(97, 106)
)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.xml", LAUGHS, "declares a document type or entities"),
        ("x.xml", EXTERNAL, "declares a document type or entities"),
        ("x.xml", b'<!DOCTYPE quiz SYSTEM "http://example.org/x.dtd"><quiz/>', "document type"),
        ("x.xml", b"<quiz>" + b"<a>" * 200_000, "nests over 40 deep"),
        ("x.xml", b'<quiz a="' + b"x" * 5_000_000, "not readable as XML"),
        ("x.yaml", YAML_LAUGHS, "has an alias"),
        ("x.yaml", b"[" * 200_000, "nests over 20 deep"),
        ("x.yaml", b"- " * 200_000, "nests over 20 deep"),
        ("x.yaml", b"!!python/object/apply:os.system [id]", "not readable as YAML"),
        ("x.json", b'{"questions":' + b"[" * 200_000, "not readable as JSON"),
        ("x.json", b'{"questions":' + b"9" * 5_000 + b"}", "not readable as JSON"),
        ("x.csv", b'prompt\n"' + b"x" * 1_000_000, "not readable as CSV"),
        ("x.csv", b"prompt\n" + b"x\n" * 20_001, "over 20,000 questions"),
        ("x.gift", b"hello " * 200_000, "no question"),
        ("x.json", b"x" * (MAX_BYTES + 1), "over 25 MB"),
        ("x.csv", b"x" * 100_000_000, "over 25 MB"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_hazard_30_bombs_are_refused_within_seconds(name, data, said):
    assert said in quickly_refused(name, data)


ENDLESS = (
    *("<a ", "<a", "</a", "<!--", "<!", '<a x="', "<a x='", """<a x="" y='""", '<a "x="y>'),
    *("<ul><li>", "<pre>\t", "\t", "\u2028", "&#", "<script>", "</script"),
)


def endless(name: str, unit: str) -> bytes:
    """A row of which one text repeats the unit: 120 KB."""
    text = unit * (120_000 // len(unit))
    if name == "x.gift":
        return f"::A:: What? {{####[html]<b>{text}x}}\n".encode()
    field, form = name.removesuffix(".xml").split("-")
    heading = {"html": "<h3>Key points</h3>", "markdown": "### Key points\n\n"}[form]
    return (
        '<quiz><question type="essay"><questiontext><text>What?</text></questiontext>'
        f'<{field} format="{form}"><text>{escape(heading + text)}x</text></{field}>'
        "</question></quiz>"
    ).encode()


@pytest.mark.parametrize("unit", ENDLESS)
@pytest.mark.parametrize(
    "name", ["generalfeedback-html.xml", "graderinfo-html.xml", "graderinfo-markdown.xml", "x.gift"]
)
def test_hazard_30_small_texts_that_never_end_are_mistakes_of_their_row_at_once(name, unit):
    start = perf_counter()
    (row,) = read_file(name, endless(name, unit)).items
    assert perf_counter() - start < SECONDS
    assert row.mistakes


@pytest.mark.parametrize("unit", ["[id:", "[tag:", "[", "\\"])
def test_hazard_30_remarks_that_never_end_are_read_at_once(unit):
    start = perf_counter()
    (row,) = read_file("x.gift", f"// {unit * 30_000}\n::A:: What? {{}}\n".encode()).items
    assert perf_counter() - start < SECONDS
    assert row.values["prompt"] == "What?"


def workbook(*entries, **changes) -> bytes:
    """An XLSX with entries added, as (name or ZipInfo, content), or replaced by name."""
    book, out = Workbook(), io.BytesIO()
    book.active.append(["prompt", "answer"])
    book.save(out)
    replaced = {name.replace("__", "/") + ".xml": content for name, content in changes.items()}
    new = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in old.namelist():
            archive.writestr(name, replaced.get(name, old.read(name)))
        for name, content in entries:
            archive.writestr(name, content)
    return new.getvalue()


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("xl/link")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return info


STRINGS = ("xl/sharedStrings.xml", LAUGHS)
OFFICE = b"application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = (
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Override PartName="/xl/workbook.xml" ContentType="%s.sheet.main+xml"/>'
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s.sharedStrings+xml"/></Types>'
) % (OFFICE, OFFICE)
SHEET = "xl__worksheets__sheet1"
NESTED = b"<worksheet><sheetData>" + b"<row>" * 200_000
DEEP = b"<worksheet><sheetData>" + b"".join(
    b"<r%d>" % (n * 7919 % 1_000_003) for n in range(200_000)
)
FAR = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    b"</worksheet>"
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (lambda: workbook(("../evil", b"x")), "has the entry '../evil'"),
        (lambda: workbook(("/etc/x", b"x")), "has the entry '/etc/x'"),
        (lambda: workbook(("..\\evil", b"x")), "has the entry"),
        (lambda: workbook((link(), b"/etc/passwd")), "has a link"),
        (lambda: workbook(("xl/big", bytes(200_000_000))), "would unpack to over 150 MB"),
        (lambda: workbook(("xl/bomb", bytes(20_000_000))), "unpacks to a suspicious size"),
        (lambda: workbook(*((f"xl/{n}", b"") for n in range(600))), "entries"),
        (lambda: workbook(**{SHEET: LAUGHS}), "not readable as XLSX"),
        (lambda: workbook(**{SHEET: EXTERNAL}), "not readable as XLSX"),
        (lambda: workbook(STRINGS, **{"[Content_Types]": TYPES}), "not readable as XLSX"),
        (lambda: workbook(**{SHEET: NESTED}), "unpacks to a suspicious size"),
        (lambda: workbook(**{SHEET: DEEP}), "XLSX"),
        (lambda: workbook(**{SHEET: FAR}), "the sheet goes on after row 100,000"),
        (lambda: workbook(**{"xl__workbook": b"<x/>"}), "not readable as XLSX"),
        (lambda: b"PK\3\4 no archive", "no zip archive"),
        (lambda: workbook()[:2000], "no zip archive"),
        (lambda: b"prompt\nx\n", "no zip archive"),
    ],
)
def test_hazard_30_archives_are_refused_within_seconds(data, said):
    assert said in quickly_refused("x.xlsx", data())


def test_hazard_30_the_admin_refuses_and_holds_nothing(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    cache.clear()
    url = reverse("admin:questions_question_import")
    for name, data in (("x.xml", LAUGHS), ("x.csv", b"x" * 100_000_000), ("x.zip", b"PK\3\4")):
        start = perf_counter()
        page = client.post(url, {"file": SimpleUploadedFile(name, data)})
        assert (page.status_code, bool(page.context["form"].errors)) == (200, True)
        assert perf_counter() - start < SECONDS * 2
    assert not Question.objects.exists()


# --- 31: encodings --------------------------------------------------------------------------

CSV = "uid,prompt,topic,topic_name\n,Was heißt „Drift“? 🙂,data,Data\n"
XML = (
    '<quiz><question type="essay"><questiontext format="plain_text"><text>Was heißt „Drift“? 🙂'
    "</text></questiontext><tags><tag><text>topic:data</text></tag></tags></question></quiz>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("name", ["x.csv", "x.yaml", "x.json", "x.xml"])
def test_hazard_31_marked_encodings_are_read_right(name, encoding):
    text = {
        "x.csv": CSV,
        "x.xml": XML,
        "x.yaml": "questions:\n- prompt: Was heißt „Drift“? 🙂\n",
        "x.json": '{"questions": [{"prompt": "Was heißt „Drift“? 🙂"}]}',
    }[name]
    if (name, encoding) == ("x.xml", "utf-32"):
        assert "not readable as XML" in quickly_refused(name, text.encode(encoding))
        return
    (row,) = read_file(name, text.encode(encoding)).items
    assert row.values["prompt"] == "Was heißt „Drift“? 🙂"


def test_hazard_31_a_declared_encoding_is_read_right():
    data = ('<?xml version="1.0" encoding="ISO-8859-1"?>' + XML).replace("„Drift“? 🙂", "das?")
    (row,) = read_file("x.xml", data.encode("latin-1")).items
    assert row.values["prompt"] == "Was heißt das?"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.csv", "prompt\nok\nheißt\n".encode("latin-1"), "line 3: byte 0xDF is not UTF-8"),
        ("x.csv", "prompt\nok\n".encode("utf-16-le"), "line 1: there is a NUL character"),
        ("x.csv", "prompt\nok\n".encode("utf-16")[:-1], "line 2: byte 0x0A is not UTF-16-LE"),
        ("x.csv", b"prompt\na\0b\n", "line 2: there is a NUL character"),
        ("x.yaml", b"questions:\n- prompt: \xff\n", "line 2: byte 0xFF"),
        ("x.xml", b'<?xml version="1.0" encoding="utf-7"?><quiz/>', "not readable as XML"),
        ("x.xml", b'<?xml version="1.0" encoding="rot13"?><quiz/>', "not readable as XML"),
        ("x.xml", b"<quiz>\n\xe9</quiz>", "line 2, column 1: not readable as XML"),
        ("x.gift", b"::A:: what\n\xe9 {}", "line 2: byte 0xE9"),
        ("x.xlsx", b"", "the file is empty"),
    ],
)
def test_hazard_31_others_are_refused_with_the_line(name, data, said):
    assert said in quickly_refused(name, data)


# --- 32: a bad row, a file twice --------------------------------------------------------------


@pytest.mark.parametrize("name", ["csv", "xlsx", "json"])
def test_hazard_32_one_bad_row_of_a_thousand_and_nothing_is_imported(name, tmp_path, capsys):
    questions = many_questions(1_000)
    questions[899] = type(questions[899])(**{**vars(questions[899]), "difficulty": 10**12})
    file = tmp_path / f"bank{FORMATS[name].suffix}"
    file.write_bytes(FORMATS[name].write(many_topics(), questions))
    with pytest.raises(CommandError, match=r"1 row\(s\) are wrong.*Nothing was written"):
        call_command("import_questions", file)
    place = "entry 900" if name == "json" else "row 901"
    said = f"{place}, difficulty: should be a whole number from 1 to 3, or easy, or medium, or hard"
    assert said in capsys.readouterr().out
    assert not Question.objects.exists()
    assert not Topic.objects.exists()


def test_hazard_32_a_good_file_twice_makes_no_duplicates():
    Topic.objects.create(slug="data", name="Data")
    gift = b"$CATEGORY: top/Data\n\n::One:: What is drift? {}\n\n::Two:: What is skew? {}\n"
    table = FORMATS["csv"].write(many_topics(), many_questions(5))
    for _ in range(2):
        run("x.gift", gift)
        run("x.csv", table)
    assert Question.objects.count() == 7
    assert {question.versions.count() for question in Question.objects.all()} == {1}


@pytest.mark.parametrize("field", ["uid", "slug"])
def test_hazard_32_what_comes_twice_in_a_file_is_wrong_in_both_rows(field):
    first, second = many_questions(2)
    duplicate = type(second)(**{**vars(second), field: getattr(first, field)})
    content = read_file("x.csv", FORMATS["csv"].write(many_topics(), [first, duplicate]))
    said = [[str(mistake) for mistake in row.mistakes] for row in content.items]
    assert [s[0].startswith(f"{field}: is the same as at row") for s in said] == [True, True]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (["one,Why?", "two,why?"], [False, False]),
        ([",Why?", ",  WHY?"], [True, True]),
        (["one,Why?", ",Why?"], [False, True]),
    ],
)
def test_hazard_32_a_prompt_may_come_twice_where_slugs_tell_the_rows_apart(rows, wrong):
    content = read_file("x.csv", "\n".join(["slug,prompt", *rows]).encode())
    said = [[str(mistake) for mistake in row.mistakes] for row in content.items]
    assert [s != [] and s[0].startswith("prompt: is the same as at row") for s in said] == wrong


# --- 33: formulas -----------------------------------------------------------------------------

DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''-1")


def test_hazard_33_cells_that_begin_like_formulas_are_harmless_and_come_back():
    assert [rearm(disarm(text)) for text in DANGEROUS] == list(DANGEROUS)
    assert all(disarm(text).startswith("'") for text in DANGEROUS)
    (question,) = many_questions(1)
    question = type(question)(**{**vars(question), "answer": "=1+1", "key_points": ("-a", "@b")})
    table = FORMATS["csv"].write(many_topics(), [question])
    book = FORMATS["xlsx"].write(many_topics(), [question])

    cells = next(iter(list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))[1:]))
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]
    rows = load_workbook(io.BytesIO(book))["questions"].iter_rows()
    shown = [cell for row in rows for cell in row if cell.value is not None]
    assert {cell.data_type for cell in shown} == {"s"}
    assert not [cell for cell in shown if str(cell.value)[0] in "=+-@"]
    for name, data in (("x.csv", table), ("x.xlsx", book)):
        (row,) = read_file(name, data).items
        assert (row.values["answer"], row.values["key_points"]) == ("=1+1", ("-a", "@b"))


def test_hazard_33_a_formula_in_a_spreadsheet_is_a_mistake_of_its_row():
    book, out = Workbook(), io.BytesIO()
    for row in (["prompt", "answer"], ["What?", '=HYPERLINK("http://example.org")']):
        book.active.append(row)
    book.save(out)
    (row,) = read_file("x.xlsx", out.getvalue()).items
    assert [(m.column, m.what) for m in row.mistakes] == [("answer", "is a formula")]


# --- 34: out and in again ---------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_hazard_34_export_import_export_is_identical(name, tmp_path):
    run("x.json", FORMATS["json"].write(many_topics(), many_questions(30)))
    file = tmp_path / f"bank{FORMATS[name].suffix}"
    call_command("export_questions", output=file, stderr=io.StringIO())
    exported = file.read_bytes()
    run(file.name, exported)
    assert export_bank(name) == exported

    empty_bank()
    run(file.name, exported)
    assert export_bank(name) == exported


def test_hazard_34_an_import_that_stops_half_way_leaves_nothing():
    content = read_file("x.json", FORMATS["json"].write(many_topics(), many_questions(600)))
    steps = run_import("x.json", content, now=START)
    while next(steps).done < 500:
        pass
    steps.close()
    assert (Question.objects.count(), Topic.objects.count()) == (0, 0)
