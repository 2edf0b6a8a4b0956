"""Checks of authors: what reaches them, what becomes of their words, and what happens when they fail."""

import pytest

from polylect import exercises
from polylect.exercises import Exercise, Grade, Runner, Verdict, Words

SCRIPT = """
def check(expect, ans):
    if ans == "stop":
        raise ValueError("That is no fold.")
    return {"ok": ans == expect, "msg": "Look at it again." if ans == "again" else "You wrote %s here" % ans}
"""


def custom(script: str = SCRIPT, attributes: str = 'cfn="check" expect="yes"') -> Exercise:
    xml = f'<script type="loncapa/python">{script}</script><customresponse {attributes}><textline/></customresponse>'
    exercise, issues = exercises.parse(f"<problem>{xml}</problem>")
    assert issues == []
    return exercise


def graded(exercise: Exercise, given: str, runner: Runner | None) -> Grade:
    variables = exercise.prepare(1, runner) if runner is not None else {}
    responses, issues = exercise.read({"q1": [given]}, "en", variables)
    assert issues == []
    return exercise.grade(responses, 1, variables, runner=runner)


def test_a_blank_answer_is_wrong_and_the_check_is_not_asked() -> None:
    grade = graded(custom(), "", None)
    assert [result.verdict for result in grade.results] == [Verdict.INCORRECT]


def test_without_a_runner_nothing_is_graded() -> None:
    assert graded(custom(), "yes", None).ungraded == "exercise-not-run"


def test_what_a_check_raises_is_the_reason_why_nothing_was_graded(runner: Runner) -> None:
    grade = graded(custom(), "stop", runner)
    assert grade.ungraded == "exercise-check-failed"
    assert "That is no fold." in grade.reason
    assert grade.results == ()


def test_a_check_that_does_not_end_is_stopped(runner: Runner) -> None:
    grade = graded(custom("def check(expect, ans):\n    while True: pass\n"), "x", runner)
    assert grade.ungraded == "exercise-check-failed"


@pytest.mark.parametrize("share", ["10 ** 400", "-10 ** 400", "float('nan')", "[]", "'much'"])
def test_a_share_that_is_no_number_of_ours_is_no_verdict(runner: Runner, share: str) -> None:
    script = f"def check(expect, ans):\n    return {{'ok': True, 'msg': '', 'grade_decimal': {share}}}\n"
    grade = graded(custom(script), "x", runner)
    assert grade.ungraded == "exercise-check-failed"
    assert "grade_decimal" in grade.reason


def test_what_python_says_holds_no_character_that_no_database_keeps(runner: Runner) -> None:
    script = r"""
a = "one\0two"
def check(expect, ans):
    return {"ok": True, "msg": "Yes\0."}
"""
    exercise = custom(script, 'cfn="check" expect="$a"')
    assert exercise.prepare(1, runner) == {"a": "onetwo"}
    assert graded(exercise, "x", runner).results[0].feedback[0].words == Words("Yes.")


def test_a_sentence_of_the_script_is_said_in_the_language_of_the_exercise(runner: Runner) -> None:
    exercise = custom()
    said = [slot for slot in exercise.texts() if slot.role.startswith("script.said")]
    assert [slot.content for slot in said] == ["That is no fold.", "Look at it again.", "You wrote %s here"]
    assert all(slot.reveals for slot in said)
    translated = exercise.with_texts({said[1].role: Words("Regardez encore.", "fr")})
    (feedback,) = graded(translated, "again", runner).results[0].feedback
    assert (feedback.role, feedback.words) == (said[1].role, Words("Regardez encore.", "fr"))


def test_words_that_a_check_puts_together_stay_as_they_are(runner: Runner) -> None:
    (feedback,) = graded(custom(), "it", runner).results[0].feedback
    assert (feedback.role, feedback.words) == ("", Words("You wrote it here"))


def test_another_key_makes_another_exercise_and_another_text_does_not() -> None:
    script = "a = 1\nb = 2\ndef check(expect, ans):\n    return expect == ans\n"
    one = custom(script, 'cfn="check" expect="$a"')
    assert one.fingerprint != custom(script, 'cfn="check" expect="$b"').fingerprint
    assert one.fingerprint != custom(script + "\n", 'cfn="check" expect="$a"').fingerprint
    assert one.with_texts({"question.q1.label": Words("x")}).fingerprint == one.fingerprint
