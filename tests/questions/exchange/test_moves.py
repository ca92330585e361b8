"""What published questions have alone passes from one to another in one import: their prompts."""

import itertools

import pytest

from questions.exchange.apply import Refused
from questions.exchange.plan import Choices, Outcome, plan_import
from questions.models import Question, Status
from tests.factories import published_question
from tests.questions.exchange.imports import file_of, mistakes_of, run

pytestmark = pytest.mark.django_db
PROMPTS = {"a": "What is drift?", "b": "What is skew?", "c": "What is lag?"}
NEW = {"topic": "data", "key_points": ["It changes."], "status": "published"}


@pytest.fixture(autouse=True)
def three_published(data):
    for slug, prompt in PROMPTS.items():
        question = published_question(data, prompt=prompt)
        Question.objects.filter(pk=question.pk).update(slug=slug)


def reworded(*pairs: str) -> list[dict]:
    """Rows: "ab" gives the question a the prompt of b."""
    return [{"slug": slug, "prompt": PROMPTS[other]} for slug, other in pairs]


def prompts() -> dict[str, str]:
    """The slugs of questions as they were, by those whose prompts they have now."""
    before = {prompt: slug for slug, prompt in PROMPTS.items()}
    asked = Question.objects.published().values_list("slug", "current_version__prompt")
    return {slug: before.get(prompt, prompt) for slug, prompt in asked}


@pytest.mark.parametrize("moves", [("ab", "ba"), ("ab", "bc", "ca"), ("bc", "ca", "ab")])
def test_published_questions_swap_their_prompts(moves):
    run(file_of(*reworded(*moves)))
    assert prompts().items() >= dict(moves).items()
    assert plan_import(file_of(*reworded(*moves))).to_write == 0
    assert {q.versions.count() for q in Question.objects.filter(slug__in="ab")} == {2}


def test_prompts_swap_with_slugs():
    rows = reworded("ab", "ba")
    uids = dict(Question.objects.values_list("slug", "uid"))
    for row, slug in zip(rows, "ba", strict=True):
        row |= {"uid": str(uids[row["slug"]]), "slug": slug}
    run(file_of(*rows))
    assert prompts() == {"a": "a", "b": "b", "c": "c"}
    assert dict(Question.objects.values_list("slug", "uid"))["a"] == uids["b"]


@pytest.mark.parametrize("rows", list(itertools.permutations(["ab", "new"])))
def test_a_prompt_passes_on_to_a_question_that_gives_its_own_up(rows):
    by_name = {
        "ab": {"slug": "a", "prompt": "What is data drift?"},
        "new": {**NEW, "slug": "d", "prompt": "what is DRIFT?"},
    }
    run(file_of(*(by_name[name] for name in rows), choices=Choices(as_in_file=True)))
    published = Question.objects.published().values_list("slug", "current_version__prompt")
    assert dict(published)["d"] == "what is DRIFT?"
    assert dict(published)["a"] == "What is data drift?"


def test_a_prompt_passes_on_from_a_question_that_is_retired():
    rows = [{**NEW, "slug": "d", "prompt": PROMPTS["a"]}, {"slug": "a", "status": "retired"}]
    with pytest.raises(Refused):
        run(file_of(rows[0], choices=Choices(as_in_file=True)))
    run(file_of(*rows, choices=Choices(as_in_file=True)))
    assert prompts() == {"b": "b", "c": "c", "d": "a"}


WRONG = {"slug": "b", "prompt": PROMPTS["a"], "difficulty": "none"}


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (reworded("ab"), "a"),
        ([*reworded("ab"), {"slug": "b", "seconds": 9}], "a"),
        ([*reworded("ab"), WRONG], "ab"),
        (reworded("ab", "bc"), "ab"),
        (reworded("bc", "ab"), "ab"),
        ([*reworded("ab", "bc"), {"slug": "c", "prompt": " "}], "abc"),
        ([*reworded("ab", "ba"), {"slug": "c", "prompt": PROMPTS["a"]}], "c"),
        ([*reworded("ca"), *reworded("ab", "ba")], "abc"),
    ],
)
def test_a_question_waits_for_a_prompt_that_is_not_given_up(rows, wrong):
    plan = plan_import(file_of(*rows))
    assert {row.question.slug for row in plan.rows if row.outcome == Outcome.WRONG} == set(wrong)
    run(file_of(*rows), valid_rows=True)
    asked = Question.objects.published().values_list("current_version__prompt", flat=True)
    assert len(set(asked)) == 3


def test_who_waits_for_a_slug_keeps_its_prompt_and_the_other_way_round(data):
    Question.objects.filter(slug="c").update(status=Status.DRAFT)
    uids = {slug: str(uid) for slug, uid in Question.objects.values_list("slug", "uid")}
    rows = [
        {"uid": uids["a"], "prompt": PROMPTS["b"]},
        {"uid": uids["b"], "prompt": PROMPTS["a"], "slug": "c"},
        {"uid": uids["c"], "slug": "c"},
    ]
    columns = [
        [column for column, _ in mistakes_of(row)] for row in plan_import(file_of(*rows)).rows
    ]
    assert columns == [["prompt"], ["slug", "prompt"], []]


def test_drafts_may_ask_what_they_like_and_keep_nobody_from_it():
    Question.objects.filter(slug="b").update(status=Status.DRAFT)
    assert plan_import(file_of(*reworded("ab"))).counts["wrong"] == 0
    assert plan_import(file_of(*reworded("ba"))).counts["wrong"] == 0


def test_a_long_chain_is_planned_at_once(data):
    for n in range(300):
        question = published_question(data, prompt=f"What is {n}?")
        Question.objects.filter(pk=question.pk).update(slug=f"q{n}")
    chain = [{"slug": f"q{n}", "prompt": f"What is {n + 1}?"} for n in range(299)]
    assert plan_import(file_of(*chain)).counts["wrong"] == 299
    end = {"slug": "q299", "prompt": "What is 0?"}
    assert plan_import(file_of(*chain, end)).counts["changed"] == 300
