"""Progress: earned, possible so far, needed to pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from polylect.course import tree
from polylect_web.accounts.models import Person
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.courses.outline import Block, Opening, Outline, Section, Subsection, Unit
from polylect_web.grading import actions, queries
from polylect_web.grading.progress import Progress, Tally, progress_of
from web.builders import course, exercise, person, publish, raw, unit

HOMEWORK = tree.Category("hw", "Homework", 0.4, least_count=2, dropped=1)
EXAM = tree.Category("exam", "Exam", 0.6)
PASS_AT_HALF = (("Pass", 0.5),)


def outline(*subsections: tuple[str, str, list[float]], grading: tree.Grading) -> Outline:
    """Subsections of (code, category, points of its exercises); an exercise is called like its subsection and a
    number."""
    from web.builders import RUN

    root = tree.Course(RUN, "Bridges", "en", (), grading=grading)
    made = tuple(
        Subsection(
            code,
            code,
            "",
            category,
            Opening(),
            (
                Unit(
                    f"u-{code}",
                    code,
                    "",
                    Opening(),
                    tuple(Block(f"{code}{n}", "exercise", "", Opening(), p) for n, p in enumerate(points, start=1)),
                ),
            ),
        )
        for code, category, points in subsections
    )
    return Outline(1, root, "", (Section("sec", "Part", "", Opening(), made),))


def progress(of: Outline, **scores: tuple[float, float]) -> Progress:
    return progress_of(of, scores, {})


def test_points_are_earned_possible_so_far_and_in_all() -> None:
    found = progress(outline(("a", "", [1, 2]), ("b", "", [3]), grading=tree.Grading()), a1=(1, 1), b1=(1.5, 3))
    assert found.total == Tally(2.5, 4, 6)
    assert [(s.code, s.answered, s.exercises) for s in found.subsections] == [("a", 1, 2), ("b", 1, 1)]


def test_without_categories_points_decide() -> None:
    of = outline(("a", "", [4]), ("b", "", [6]), grading=tree.Grading(cutoffs=PASS_AT_HALF))
    found = progress(of, a1=(4, 4))
    assert (found.grade, found.pass_share, found.needed_points, found.is_passed) == (0.4, 0.5, 1, False)
    found = progress(of, a1=(4, 4), b1=(1, 6))
    assert (found.needed_points, found.is_passed, found.grade_name) == (0, True, "Pass")


def test_categories_are_averaged_dropped_and_weighed() -> None:
    grading = tree.Grading((HOMEWORK, EXAM), PASS_AT_HALF)
    of = outline(("a", "hw", [1]), ("b", "hw", [1]), ("c", "hw", [1]), ("x", "exam", [10]), grading=grading)
    found = progress(of, a1=(1, 1), b1=(0.5, 1), c1=(0, 1), x1=(5, 10))
    homework, exam = found.categories
    assert (homework.earned_share, exam.earned_share) == (0.75, 0.5)
    assert found.grade == pytest.approx(0.4 * 0.75 + 0.6 * 0.5)
    assert found.needed_points is None


def test_assignments_that_are_not_there_yet_count_as_nothing() -> None:
    twice = tree.Category("hw", "Homework", 1.0, least_count=2)
    of = outline(("a", "hw", [1]), grading=tree.Grading((twice,), PASS_AT_HALF))
    assert progress(of, a1=(1, 1)).grade == 0.5


def test_practice_does_not_count_where_something_does() -> None:
    of = outline(("a", "", [5]), ("x", "exam", [10]), grading=tree.Grading((EXAM,), PASS_AT_HALF))
    found = progress(of, a1=(5, 5))
    assert found.total == Tally(0, 0, 10)
    assert [s.tally.earned for s in found.subsections] == [5, 0]


def test_the_best_grade_that_was_reached_is_named() -> None:
    grades = (("A", 0.8), ("B", 0.6), ("C", 0.5))
    of = outline(("a", "", [10]), grading=tree.Grading(cutoffs=grades))
    assert progress(of, a1=(7, 10)).grade_name == "B"
    assert progress(of, a1=(7, 10)).pass_share == 0.5


def test_thirds_reach_a_limit_that_they_add_up_to() -> None:
    """Three shares of a third each."""
    thirds = tuple(tree.Category(code, code, 1 / 3) for code in "abc")
    of = outline(*((code, code, [3.0]) for code in "abc"), grading=tree.Grading(thirds, (("All", 1.0),)))
    assert progress(of, a1=(3, 3), b1=(3, 3), c1=(3, 3)).is_passed


def test_a_score_keeps_what_was_possible_when_it_was_earned() -> None:
    assert progress(outline(("a", "", [10]), grading=tree.Grading()), a1=(1, 1)).total == Tally(1, 1, 1)


@given(
    st.lists(st.tuples(st.floats(0, 1), st.integers(1, 5)), min_size=1, max_size=6),
    st.integers(0, 4),
    st.integers(0, 8),
)
def test_a_grade_lies_between_nothing_and_all(scores: list[tuple[float, int]], dropped: int, least: int) -> None:
    category = tree.Category("hw", "Homework", 1.0, least_count=least, dropped=dropped)
    subsections = [(chr(97 + n), "hw", [float(possible)]) for n, (_, possible) in enumerate(scores)]
    of = outline(*subsections, grading=tree.Grading((category,), PASS_AT_HALF))
    given = {f"{chr(97 + n)}1": (share * possible, float(possible)) for n, (share, possible) in enumerate(scores)}
    found = progress(of, **given)
    assert 0 <= found.grade <= 1 + 1e-9
    assert found.total.earned <= found.total.possible_so_far + 1e-9


def answer_right(learner: Person, run: Run, unit_code: str, block_code: str) -> None:
    outcome = actions.submit(
        learner,
        run,
        version_id=run.version_id,
        unit_code=unit_code,
        block_code=block_code,
        raw=raw(run, block_code, "c1"),
        language="en",
    )
    assert outcome.points == 1


@pytest.mark.django_db
@pytest.mark.parametrize("times", [1, 10])
def test_a_progress_page_costs_two_queries_whatever_was_answered(
    times: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    run, learner = publish(course(*(unit(exercise(f"e{n}"), code=f"u{n}") for n in range(times)))), person()
    for number in range(times):
        answer_right(learner, run, f"u{number}", f"e{number}")
    of = courses.outline(run.version)
    with django_assert_num_queries(2):
        found = queries.progress(learner, run, of)
    assert found.total == Tally(times, times, times)


@pytest.mark.django_db
def test_only_what_was_drawn_counts() -> None:
    pool = tree.Selection("pick", "Pick", tuple(exercise(code) for code in "abc"), count=2)
    run = publish(course(unit(pool)))
    assert queries.progress(None, run, courses.outline(run.version)).total.possible == 2
