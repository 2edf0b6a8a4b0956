"""Formulas are compared at points that a seed decides."""

from hypothesis import given
from hypothesis import strategies as st

from polylect import exercises
from polylect.exercises import Verdict, chance
from polylect.exercises.kinds.formula import Formula, samples_of

XML = """<problem><formularesponse samples="x,y@1,-5:3,5#{count}" answer="{answer}">
<responseparam type="tolerance" default="{tolerance}"/><textline/></formularesponse></problem>"""

POINTS = [(0.3469581598151167, 8.155554861273664), (0.8246170222304929, 5.0672856999929206)]
limits = st.floats(-1e6, 1e6)


def verdict(answer: str, given_one: str, seed: int = 1, tolerance: str = "0.1%", count: int = 10) -> Verdict:
    exercise, _ = exercises.parse(XML.format(answer=answer, tolerance=tolerance, count=count))
    responses, issues = exercise.read({"q1": [given_one]})
    assert not issues
    (result,) = exercise.grade(responses, seed).results
    return result.verdict


def test_the_points_of_a_seed_stay_whatever_python_runs() -> None:
    assert chance.points(1, "q1", [(0, 1), (5, 9)], 2) == POINTS


@given(
    st.integers(0, 1000), st.lists(st.tuples(limits, limits).map(sorted), min_size=1, max_size=3), st.integers(1, 20)
)
def test_points_lie_between_their_limits(seed: int, ranges: list[tuple[float, float]], count: int) -> None:
    drawn = chance.points(seed, "q1", ranges, count)
    assert len(drawn) == count
    assert drawn == chance.points(seed, "q1", ranges, count)
    for point in drawn:
        assert all(low - 1e-6 <= value <= high + 1e-6 for value, (low, high) in zip(point, ranges, strict=True))


def test_points_differ_by_seed_and_by_question() -> None:
    drawn = [chance.points(seed, code, [(0, 1)], 1) for seed in (1, 2) for code in ("q1", "q2")]
    assert len({point for (point,) in drawn}) == 4


@given(st.integers(0, 1000), st.sampled_from(["x*y", "x^2-y", "sin(x)*exp(y)", "x/(1+y^2)"]))
def test_the_author_is_right_at_every_point_and_who_writes_another_formula_is_not(seed: int, answer: str) -> None:
    assert verdict(answer, answer, seed) is Verdict.CORRECT
    assert verdict(answer, f"0+({answer})*2/2", seed) is Verdict.CORRECT
    assert verdict(answer, f"{answer}+1", seed) is Verdict.INCORRECT


@given(st.integers(0, 1000))
def test_an_answer_near_the_limit_of_the_tolerance_has_one_verdict(seed: int) -> None:
    assert len({verdict("x*y", "x*y+0.002*x", seed, count=3) for _ in range(3)}) == 1


def test_one_point_outside_of_the_tolerance_is_enough() -> None:
    assert verdict("x", "x+0.01*y", tolerance="0.001", count=50) is Verdict.INCORRECT
    assert verdict("x", "x+0.01*y", tolerance="0.051", count=50) is Verdict.CORRECT


@given(st.text("xy@:,#.0123456789-e ", max_size=30))
def test_any_samples_are_read_or_refused(text: str) -> None:
    try:
        samples = samples_of(text)
    except ValueError:
        return
    assert 0 <= samples.count <= 200
    exercise, _ = exercises.parse(
        f'<problem><formularesponse samples="{text}" answer="5"><textline/></formularesponse></problem>'
    )
    assert all(isinstance(question, Formula) for question in exercise.questions)
