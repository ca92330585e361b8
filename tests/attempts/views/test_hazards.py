"""What breaks timed interviews, as it comes over HTTP. Named after the list of hazards."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from attempts.models import Answer, Attempt, KeptText
from questions.models import Timing
from quizsite.clock import database_now
from tests.factories import AnswerFactory, AttemptFactory, UserFactory, interview_of
from tests.plain_browser import HTMX, Page, begin, logged_in, pass_time, visit

TOTAL, EACH = Timing.TOTAL.value, Timing.PER_QUESTION.value
BOTH = pytest.mark.parametrize("timing", [TOTAL, EACH])
database = pytest.mark.django_db


def save(client, attempt, text, position=1, **data):
    sent = {"position": position, "revision": 0, "writer": "w", "sequence": 1, "cause": "auto"}
    return client.post(f"/attempts/{attempt.pk}/save/", {**sent, **data, "text": text})


def stored(attempt) -> list[str]:
    return list(Answer.objects.filter(attempt=attempt).values_list("text", flat=True))


def bell(timing) -> int:
    """Seconds until the bell of the first question, in interviews of two."""
    return 120 if timing == TOTAL else 60


# --- time -------------------------------------------------------------------------------------


@database
@BOTH
@pytest.mark.parametrize(("late", "status", "texts"), [(10, 200, 1), (17, 410, 0)])
def test_hazard_01_a_save_after_the_bell_counts_within_the_grace(
    client, timing, late, status, texts
):
    attempt = begin(client, interview_of(2, timing=timing))
    pass_time(attempt.pk, bell(timing) + late)
    response = save(client, attempt, "Just before the bell.")
    assert response.status_code == status
    assert stored(attempt).count("Just before the bell.") == texts
    assert KeptText.objects.count() == 1 - texts


@database
@BOTH
@pytest.mark.parametrize("headers", [None, HTMX])
def test_hazard_01_a_submit_after_the_grace_is_kept_and_shown(client, timing, headers):
    attempt = begin(client, interview_of(2, timing=timing))
    page = visit(client, attempt.get_absolute_url())
    pass_time(attempt.pk, bell(timing) + 17)
    address, data = page.data("Submit answer", text="Too late.")
    assert client.post(address, data, headers=headers).status_code in (200, 302)
    pass_time(attempt.pk, 300)
    result = visit(client, attempt.get_absolute_url())
    assert "Typed after time, not counted: Too late." in result.words
    assert stored(attempt) == ["", ""]


def part_clocks() -> None:
    """From now on, in this test, Postgres's clock is a month behind that of the machine."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION public.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE"
            " AS $$ SELECT pg_catalog.statement_timestamp() - interval '30 days' $$"
        )
        cursor.execute("SET LOCAL search_path = public, pg_catalog")


@database
@BOTH
def test_hazard_05_a_machine_with_another_clock_takes_and_gives_no_time(client, timing):
    part_clocks()
    before = database_now()
    attempt = begin(client, interview_of(2, timing=timing))
    first = visit(client, attempt.get_absolute_url())
    assert save(client, attempt, "Typed.").json()["verdict"] == "accepted"
    first.press("Submit answer", text="Sent.")
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})

    attempt.refresh_from_db()
    instants = [attempt.started_at, attempt.finished_at]
    for answer in attempt.answers.all():
        instants += [answer.opened_at, answer.saved_at, answer.closed_at]
    assert attempt.finish_reason == "submitted"
    assert all(before <= at <= database_now() for at in instants if at is not None)


@database
def test_hazard_06_after_a_long_sleep_the_page_is_told_at_once(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    save(client, attempt, "Before the lid was closed.")
    pass_time(attempt.pk, 20 * 60)
    told = client.get(f"/attempts/{attempt.pk}/clock/").json()
    assert told == {"running": False, "url": f"/attempts/{attempt.pk}/review/"}
    assert "Before the lid was closed." in visit(client, told["url"]).words


@database
def test_hazard_08_a_changed_time_limit_leaves_the_page_alone(client):
    interview = interview_of(2, timing=TOTAL)
    attempt = begin(client, interview)
    interview.seconds = 5
    interview.save()
    pass_time(attempt.pk, 60)
    assert 55_000 < client.get(f"/attempts/{attempt.pk}/clock/").json()["left"] <= 60_000


@database
@BOTH
def test_hazard_09_without_scripts_the_server_keeps_the_time(client, timing):
    attempt = begin(client, interview_of(2, timing=timing))
    page = visit(client, attempt.get_absolute_url())
    pass_time(attempt.pk, 400)
    page = page.press("Submit answer", text="Long after.")
    assert page.address.endswith("/review/")
    assert Attempt.objects.get().state == "expired"
    assert stored(attempt) == ["", ""]


@database
def test_hazard_10_a_bell_too_early_by_the_page_changes_nothing_but_the_text(client):
    attempt = begin(client, interview_of(2, timing=EACH))
    pass_time(attempt.pk, 50)
    assert save(client, attempt, "At my bell.", cause="bell").json()["open"] is True
    assert save(client, attempt, "And on.", revision=1, sequence=2).json()["revision"] == 2


@database
def test_hazard_10_a_blank_page_at_the_bell_empties_nothing(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    save(client, attempt, "Written elsewhere.")
    pass_time(attempt.pk, 121)
    blank = save(client, attempt, "", writer="stale", cause="bell")
    assert (blank.status_code, blank.json()["verdict"]) == (200, "not-emptied")
    assert stored(attempt)[0] == "Written elsewhere."
    assert not KeptText.objects.exists()


# --- repeats, order, two writers --------------------------------------------------------------


def at_once(count: int, act) -> list:
    """act(number) in as many threads, all let go at one moment."""
    gate = threading.Barrier(count)

    def run(number):
        try:
            gate.wait(20)
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))


def a_copy(client) -> Client:
    """The same browser once more."""
    copy = Client()
    copy.cookies = client.cookies
    return copy


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@BOTH
@pytest.mark.parametrize("headers", [None, HTMX])
def test_hazard_11_24_submits_at_once_have_one_effect(client, timing, headers):
    attempt = begin(client, interview_of(3, timing=timing))
    address, data = visit(client, attempt.get_absolute_url()).data("Submit answer", text="Mine.")
    replies = at_once(
        12, lambda n: [a_copy(client).post(address, data, headers=headers) for _ in range(2)]
    )
    assert {reply.status_code for pair in replies for reply in pair} <= {200, 302}
    page = visit(client, attempt.get_absolute_url())
    assert "Question 2 of 3" in page.words
    assert stored(attempt) == ["Mine.", "", ""]
    assert Answer.objects.get(attempt=attempt, position=1).revision == 1
    assert not KeptText.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_hazard_11_24_finishes_at_once_finish_once(client):
    attempt = begin(client, interview_of(3, timing=TOTAL))
    address = f"/attempts/{attempt.pk}/finish/"
    replies = at_once(12, lambda n: a_copy(client).post(address, {"confirmed": "1"}))
    replies += at_once(12, lambda n: a_copy(client).get(attempt.get_absolute_url()))
    assert {reply.headers["Location"] for reply in replies} == {f"/attempts/{attempt.pk}/review/"}
    assert Attempt.objects.get().state == "submitted"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_hazard_11_12_starts_at_once_start_one():
    client = logged_in(UserFactory())
    address = interview_of(3, timing=TOTAL).get_absolute_url()
    replies = at_once(12, lambda n: a_copy(client).post(address))
    assert {reply.status_code for reply in replies} == {302}
    assert {reply.headers["Location"] for reply in replies} == {
        f"/attempts/{Attempt.objects.get().pk}/"
    }


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@BOTH
def test_hazard_11_looking_while_others_submit_and_finish_never_fails(client, timing):
    attempt = begin(client, interview_of(12, timing=timing))
    base = f"/attempts/{attempt.pk}/"

    def act(number):
        mine, seen = a_copy(client), []
        for turn in range(12):
            if number % 3 == 0:
                sent = {"position": turn + 1, "text": f"{turn}", "writer": f"w{number}"}
                seen.append(mine.post(f"{base}submit/", sent))
            else:
                seen.append(mine.get(base if number % 3 == 1 else f"{base}clock/"))
        if number == 0:
            seen.append(mine.post(f"{base}finish/", {"confirmed": "1"}))
        return seen

    replies = [reply for seen in at_once(9, act) for reply in seen]
    assert {reply.status_code for reply in replies} <= {200, 302, 409}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@BOTH
@pytest.mark.parametrize("place", ["{room}", "{room}clock/", "{room}finish/", "{room}review/", "/"])
def test_hazard_11_a_finish_right_after_the_attempt_was_read_is_no_failure(client, timing, place):
    attempt = begin(client, interview_of(3, timing=timing))
    base, other, done = f"/attempts/{attempt.pk}/", a_copy(client), []

    def finish_elsewhere(execute, sql, *rest):
        result = execute(sql, *rest)
        if 'FROM "attempts_' in sql and not done:
            done.extend(at_once(1, lambda n: other.post(f"{base}finish/", {"confirmed": "1"})))
        return result

    with connection.execute_wrapper(finish_elsewhere):
        reply = client.get(place.format(room=base))
    assert done[0].status_code == 302
    assert reply.status_code in (200, 302)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_hazard_13_saves_out_of_order_leave_the_newest(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    replies = at_once(12, lambda n: save(a_copy(client), attempt, f"text {n}", sequence=n + 1))
    assert {reply.status_code for reply in replies} == {200}
    assert stored(attempt)[0] == "text 11"


@database
def test_hazard_12_back_after_finishing_leads_to_the_result(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url())
    page.press("Finish interview", text="Mine.").press("Finish interview")
    before = list(Attempt.objects.values()), stored(attempt)
    for button in ("Submit answer", "Skip", "Flag", "Finish interview", "Question 2, not answered"):
        again = page.press(button, text="Mine.")
        assert again.address == f"/attempts/{attempt.pk}/review/", button
    assert (list(Attempt.objects.values()), stored(attempt)) == before
    assert not KeptText.objects.exists()


@database
def test_hazard_14_an_autosave_overtaken_by_submit_does_not_come_back(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url())
    address, data = page.data("Submit answer", text="All of it.")
    client.post(address, {**data, "writer": "w", "sequence": "5"})
    late = save(client, attempt, "All of", sequence=4)
    assert (late.status_code, late.json()["verdict"]) == (200, "already")
    assert stored(attempt)[0] == "All of it."


@database
def test_hazard_15_a_retry_after_a_lost_reply_is_no_conflict(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    save(client, attempt, "One.")
    assert save(client, attempt, "One.").json()["verdict"] == "already"
    assert save(client, attempt, "One. Two.", sequence=2).json()["verdict"] == "accepted"
    assert stored(attempt)[0] == "One. Two."


# --- content ----------------------------------------------------------------------------------


@database
@pytest.mark.parametrize("action", ["save", "submit", "finish", "flag"])
@pytest.mark.parametrize("headers", [None, HTMX])
@pytest.mark.parametrize("kind", ["urlencoded", "multipart"])
def test_hazard_23_five_megabytes_are_refused_in_words(client, action, headers, kind):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    save(client, attempt, "Earlier.")
    data = {"position": "1", "text": "x" * 5_000_000, "revision": "1", "flagged": "1"}
    how = {"headers": headers}
    if kind == "urlencoded":
        data = "&".join(f"{name}={value}" for name, value in data.items())
        how["content_type"] = "application/x-www-form-urlencoded"
    response = client.post(f"/attempts/{attempt.pk}/{action}/", data, **how)
    assert response.status_code in (400, 413)
    assert "This request could not be read" in response.content.decode()
    assert len(response.content) < 20_000
    assert stored(attempt)[0] == "Earlier."


@database
def test_hazard_23_1500_fields_are_refused_in_words(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    data = {f"field{number}": "x" for number in range(1_500)} | {"position": "1", "text": "y"}
    for action in ("save", "submit"):
        response = client.post(f"/attempts/{attempt.pk}/{action}/", data)
        assert response.status_code in (400, 413)
        assert "This request could not be read" in response.content.decode()
    assert stored(attempt)[0] == ""


@database
@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (b"a%00b", "ab"),
        (b"a%ED%A0%80b", "a\ufffd\ufffd\ufffdb"),
        (b"a%ff%feb", "a\ufffd\ufffdb"),
        (b"a%C3", "a\ufffd"),
        (b"%E2%82%AC%0D%0A", "€\n"),
        (b"%zz%", "%zz%"),
    ],
)
def test_hazard_24_bytes_that_are_no_text_are_cleaned(client, sent, kept):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    kind = "application/x-www-form-urlencoded"
    response = client.post(
        f"/attempts/{attempt.pk}/save/", b"position=1&text=" + sent, content_type=kind
    )
    assert response.status_code == 200
    assert stored(attempt)[0] == kept


BOUNDARY = "x5bound"


def in_charset(client, attempt, action, charset: str, text: bytes, **headers):
    """A form in parts that claims a character set of its own."""
    parts = {"position": b"1", "revision": b"0", "flagged": b"1", "go_to": b"2", "text": text}
    body = b"".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        + value
        + b"\r\n"
        for name, value in parts.items()
    )
    return client.generic(
        "POST",
        f"/attempts/{attempt.pk}/{action}/",
        body + f"--{BOUNDARY}--\r\n".encode(),
        content_type=f"multipart/form-data; boundary={BOUNDARY}; charset={charset}",
        **headers,
    )


@database
@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("utf-7", b"+2AA-"),
        ("unicode_escape", b"\\ud800 \\x00"),
        ("raw_unicode_escape", b"\\ud800" * 20_001),
        ("utf-16", b"abc"),
        ("hex", b"00"),
        ("base64", b"AAAA"),
        ("rot13", b"abc"),
        ("zip", b"abc"),
        ("idna", b"xn--a"),
        ("punycode", b"a-\xff"),
        ("undefined", b"abc"),
        ("nothing", b"abc"),
        ("latin-1", b"\xe9"),
        ("utf-8", b"\xff"),
    ],
)
def test_hazard_24_odd_character_sets_are_no_failure(client, charset, text):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    client.raise_request_exception = False
    visitor = Client(raise_request_exception=False)
    strict = Client(raise_request_exception=False, enforce_csrf_checks=True)
    for action in ("save", "submit", "flag", "move"):
        for who in (client, visitor, strict):
            response = in_charset(who, attempt, action, charset, text)
            assert response.status_code == 400 or charset == "utf-8", (action, who)
            assert response.status_code < 500


@database
@pytest.mark.parametrize(
    "value", ['"abcdefgh\\000ij"', "é" * 20, "x" * 4000, '"\\355\\240\\200aaaaaaaa"']
)
@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages"])
def test_hazard_24_odd_cookies_are_no_failure(name, value):
    client = Client(raise_request_exception=False)
    for address in ("/", "/attempts/", "/accounts/login/"):
        response = client.get(address, headers={"cookie": f"{name}={value}"})
        assert response.status_code < 500


@database
def test_hazard_26_an_answer_is_text_in_the_admin_too(client):
    attempt = begin(client, interview_of(1, timing=EACH))
    text = "<script>alert(1)</script><svg onload=x> {{ 7 }}"
    visit(client, attempt.get_absolute_url()).press("Submit answer", text=text)
    admin = logged_in(UserFactory(is_staff=True, is_superuser=True))
    page = Page(admin, admin.get(f"/admin/attempts/attempt/{attempt.pk}/change/"))
    assert page.status == 200
    assert "<script>alert" not in page.html
    assert "<svg onload" not in page.html


# --- what it costs ----------------------------------------------------------------------------


def statements(act) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = act()
    assert response.status_code in (200, 302)
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return [q["sql"] for q in captured if not q["sql"].startswith(control)]


WHO = {"a user": lambda: logged_in(UserFactory()), "a guest": Client}


@database
@BOTH
@pytest.mark.parametrize("who", WHO)
def test_a_question_takes_8_statements_and_an_autosave_4_however_many_attempts(who, timing):
    counts = []
    client = WHO[who]()
    attempt = begin(client, interview_of(6, timing=timing))
    for number in range(2):
        shown = statements(lambda: client.get(attempt.get_absolute_url()))
        saved = statements(
            lambda: save(client, attempt, f"text {number}", sequence=number + 1)  # noqa: B023
        )
        counts.append((len(shown), len(saved)))
        owner = {"user": attempt.user, "guest_key": attempt.guest_key}
        for _ in range(15):
            AnswerFactory(attempt=AttemptFactory(**owner, finished=True), written=True, closed=True)
            AnswerFactory(attempt=AttemptFactory(finished=True), written=True, closed=True)
    assert counts[0] == counts[1]
    assert counts[0][0] <= 8, shown
    assert counts[0][1] <= 4, saved


@database
@BOTH
def test_going_on_costs_the_same_with_3_and_24_questions(client, timing):
    counts = []
    for questions in (3, 24):
        attempt = begin(client, interview_of(questions, timing=timing))
        page = visit(client, attempt.get_absolute_url())
        address, data = page.data("Submit answer", text="Mine.")
        counts.append(len(statements(lambda: client.post(address, data, headers=HTMX))))  # noqa: B023
        client.post(f"/attempts/{attempt.pk}/discard/")
    assert counts[0] == counts[1] <= 14
