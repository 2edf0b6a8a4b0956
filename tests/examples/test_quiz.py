"""The ten questions, and the five of three days later: who knows the definition gets all of them right, who answers at
random stays far below, and the language never matters."""

from dataclasses import dataclass
from functools import cache
from random import Random

import pytest

from examples.the_course import LANGUAGES, the_course, the_targets
from polylect.course.tree import Exercise
from polylect.exercises.view import Field, FieldKind, Group, QuestionView
from polylect.messages import put_back
from polylect.partnership import ConditionName, Judgement, Kind, judge, parse, parse_values

QUIZ, AGAIN = "ten-questions", "three-days-later"
RANDOM_LEARNERS = 1_000
MOST_AT_RANDOM = 0.35

Given = dict[str, list[str]]
_KINDS = (Kind.PARTNERSHIP, Kind.SERVICE, Kind.VOLUNTEERING, Kind.DONATION, Kind.SUPPORT, Kind.NOT_YET)
"""In the order in which the exercises offer them."""
_CONDITIONS = (ConditionName.SIDES, ConditionName.INVESTMENT, ConditionName.BENEFIT, ConditionName.OVERLAP)


@dataclass(frozen=True)
class Case:
    """A story as somebody reads it: of each side the kind, what it invests, what it gains; and how the goals meet."""

    sides: tuple[tuple[str, str, str], ...]
    overlap: str = "none"

    def judged(self) -> Judgement:
        sides = [
            {
                "id": f"s{number}",
                "kind": kind,
                "invests": invests.split() or "nothing",
                "gains": gains.split() or "nothing",
            }
            for number, (kind, invests, gains) in enumerate(self.sides, start=1)
        ]
        values, more = parse_values({"gains": {"hall": "a hall"}})
        arrangement, issues = parse({"sides": sides, "overlap": self.overlap}, values)
        assert [*issues, *more] == []
        return judge(arrangement, values)


def of_kind(case: Case) -> list[str]:
    """The choice of the six kinds that somebody makes who reads the story so."""
    return [f"c{_KINDS.index(case.judged().kind) + 1}"]


def analysis(case: Case, sides: tuple[str, ...]) -> Given:
    """The cells of an analysis, and the kind that follows from them."""
    given: Given = {"q1.overlap": [case.overlap], "q1.kind": [case.judged().kind.value]}
    for code, (_, invests, gains) in zip(sides, case.sides, strict=True):
        given |= {
            f"q1.{code}.invests": invests.split() or ["nothing"],
            f"q1.{code}.gains": gains.split() or ["nothing"],
        }
    return given


def conditions_of(case: Case) -> list[str]:
    states = {condition.name: condition.is_fulfilled for condition in case.judged().conditions}
    return [f"c{number}" for number, name in enumerate(_CONDITIONS, start=1) if states[name]]


def missing_in(case: Case) -> list[str]:
    (failing,) = case.judged().failing
    return [failing.name.value]


def partnerships_among(*cases: Case) -> list[str]:
    """The changes that make a partnership."""
    return [f"c{number}" for number, case in enumerate(cases, start=1) if case.judged().is_partnership]


def donor(gains: str) -> Case:
    return Case((("organization", "money", gains), ("organization", "", "mission")))


def flyers(shop_gains: str = "", choir_invests: str = "", overlap: str = "shared") -> Case:
    return Case((("organization", "goods", shop_gains), ("group", choir_invests, "reach")), overlap)


def website(designer_gains: str = "fee", center_invests: str = "money", overlap: str = "none") -> Case:
    return Case((("person", "time expertise", designer_gains), ("organization", center_invests, "content")), overlap)


def trainer(gains: str, club_invests: str = "") -> Case:
    return Case((("person", "time expertise", gains), ("group", club_invests, "skills")), "shared")


def the_donations() -> list[str]:
    """“Both are donations”, if they are."""
    assert {donor("").judged().kind, donor("thanks").judged().kind} == {Kind.DONATION}
    return ["c3"]


def what_it_depends_on() -> list[str]:
    """“It depends”, if two readings of the story are of two kinds."""
    table = Case((("organization", "venue", ""), ("group", "", "mission")), "compatible")
    guests = Case((("organization", "venue", "revenue"), ("group", "promotion", "mission")), "compatible")
    assert {table.judged().kind, guests.judged().kind} == {Kind.DONATION, Kind.PARTNERSHIP}
    return ["c3"]


KNOWN: dict[str, Given] = {
    "quiz-newsletter": {"q1": of_kind(Case((("organization", "promotion", "thanks"), ("group", "", "reach"))))},
    "quiz-river": {
        "q1": conditions_of(
            Case((("group", "time", "content"), ("group", "money expertise", "content mission")), "shared")
        )
    },
    "quiz-hall": analysis(Case((("group", "money", "hall"), ("person", "venue", "fee"))), ("club", "owner")),
    "quiz-kitchen": {
        "q1.school": ["venue"],
        "q1.cook": ["time", "expertise"],
        "q1.office": ["reputation"],
        "q1.parents": ["nothing"],
    },
    "quiz-trainer": {
        "q1": ["c3"] if trainer("thanks").judged().kind is Kind.VOLUNTEERING else [],
        "q2": ["c1"] if trainer("skills recognition", "expertise").judged().is_partnership else [],
    },
    "quiz-gifts": {"q1": the_donations()},
    "quiz-films": {
        "q1": conditions_of(
            Case((("group", "time expertise", "reach"), ("organization", "", "skills mission")), "compatible")
        )
    },
    "quiz-songs": {"q1": of_kind(Case((("person", "time", ""),)))},
    "quiz-flyers": {
        "q1": partnerships_among(
            flyers("thanks"), flyers("reach", "time promotion"), flyers(), flyers(), flyers("recruits", "promotion")
        )
    },
    "quiz-cafe": {"q1": what_it_depends_on()},
    "again-helmets": {"q1": of_kind(Case((("organization", "goods", "thanks"), ("organization", "", "content"))))},
    "again-lottery": {
        "q1": missing_in(Case((("organization", "goods", "reach"), ("organization", "promotion", "content"))))
    },
    "again-radio": {
        "q1": of_kind(Case((("organization", "promotion", "reach"), ("group", "content", "reach mission")), "shared"))
    },
    "again-website": {
        "q1": partnerships_among(
            website(), website(), website("fee recruits", "money access", "shared"), website(), website()
        )
    },
    "again-hotel": {"q1": ["c4"]},
}


@cache
def exercises_in(subsection: str, language: str) -> tuple[Exercise, ...]:
    parts = (part for section in the_course().sections for part in section.subsections)
    units = [unit for part in parts if part.code == subsection for unit in part.units]
    found = [item for unit in units for item in unit.blocks if isinstance(item, Exercise)]
    if language == "en":
        return tuple(found)
    targets = the_targets(language)
    return tuple(
        put_back(item, {role: target for (code, role), target in targets.items() if code == item.code})
        for item in found
    )


def share(subsection: str, answers: dict[str, Given], language: str) -> float:
    """The share of the points that these answers earn."""
    earned = possible = 0.0
    for exercise in exercises_in(subsection, language):
        body = exercise.body
        responses, issues = body.read(answers[exercise.code], language)
        assert issues == []
        grade = body.grade(responses)
        weight = exercise.weight if exercise.weight is not None else grade.possible
        earned += weight * grade.points / grade.possible
        possible += weight
    return earned / possible


def fields_of(exercise: Exercise) -> list[Field]:
    questions = [part for part in exercise.body.present().parts if isinstance(part, QuestionView)]
    parts = [part for question in questions for part in question.parts]
    groups = [field for part in parts if isinstance(part, Group) for field in part.fields]
    return [*groups, *(part for part in parts if isinstance(part, Field))]


def at_random(subsection: str, random: Random) -> dict[str, Given]:
    """What somebody sends who picks one of several, and ticks any boxes, without reading."""
    answers: dict[str, Given] = {}
    for exercise in exercises_in(subsection, "en"):
        given: Given = {}
        for field in fields_of(exercise):
            codes = [choice.code for choice in field.choices if choice.code]
            if field.kind is FieldKind.CHECKBOX:
                picked = [code for code in codes if random.random() < 0.5] or [random.choice(codes)]
                if "nothing" in picked:  # beside something else, it would be sent back
                    picked = ["nothing"]
            else:
                picked = [random.choice(codes)]
            given[field.code] = picked
        answers[exercise.code] = given
    return answers


def test_the_quiz_has_ten_questions_and_another_five_come_later():
    assert len(exercises_in(QUIZ, "en")) == 10
    assert len(exercises_in(AGAIN, "en")) == 5


def test_each_is_answered_once_and_counts_alike():
    for subsection in (QUIZ, AGAIN):
        assert {(item.max_attempts, item.weight) for item in exercises_in(subsection, "en")} == {(1, 1)}


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
@pytest.mark.parametrize("subsection", [QUIZ, AGAIN])
def test_who_knows_the_definition_gets_everything_right(subsection, language):
    assert share(subsection, KNOWN, language) == 1


@pytest.mark.parametrize("subsection", [QUIZ, AGAIN])
def test_who_answers_at_random_stays_below(subsection):
    random = Random(20260301)
    shares = [share(subsection, at_random(subsection, random), "en") for _ in range(RANDOM_LEARNERS)]
    assert sum(shares) / len(shares) < MOST_AT_RANDOM
    if subsection == QUIZ:  # and not only on the whole: the lucky ones, too, but for a few
        assert sum(one < MOST_AT_RANDOM for one in shares) / len(shares) > 0.95


@pytest.mark.parametrize("subsection", [QUIZ, AGAIN])
def test_marks_are_the_same_in_every_language(subsection):
    random = Random(7)
    for _ in range(40):
        answers = at_random(subsection, random)
        assert len({share(subsection, answers, language) for language in ("en", *LANGUAGES)}) == 1


def test_the_right_choice_is_not_always_in_the_same_place():
    places = [given["q1"][0] for given in KNOWN.values() if len(given.get("q1", ())) == 1]
    assert max(map(places.count, set(places))) <= len(places) / 2


def test_the_subsections_are_graded_apart():
    parts = {part.code: part for section in the_course().sections for part in section.subsections}
    assert {parts[QUIZ].category, parts[AGAIN].category} == {"quiz", "again"}
