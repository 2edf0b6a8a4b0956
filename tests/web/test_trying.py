"""Scripts of a course are tried when it is checked or brought in, and their author reads what fails."""

import pytest

from polylect import exercises
from polylect.course import tree
from polylect.exercises import Runner
from polylect.keys import RunKey
from polylect_web.trying import try_scripts


def course(*xmls: str) -> tree.Course:
    blocks = tuple(
        tree.Exercise(f"e{number}", "Ask", exercises.parse(f"<problem>{xml}</problem>")[0])
        for number, xml in enumerate(xmls, start=1)
    )
    unit = tree.Unit("u", "U", blocks)
    section = tree.Section("s", "S", (tree.Subsection("t", "T", (unit,)),))
    return tree.Course(RunKey("Test", "SCRIPTS", "a"), "Scripts", "en", (section,))


def scripted(script: str, answer: str = "$x") -> str:
    return (
        f'<script type="loncapa/python">{script}</script>'
        f'<numericalresponse answer="{answer}"><formulaequationinput/></numericalresponse>'
    )


@pytest.mark.parametrize(
    ("xml", "found"),
    [
        (scripted("x = random.randint(1, 6)"), []),
        ('<numericalresponse answer="3"><textline/></numericalresponse>', []),
        (scripted("x = 1 / 0"), ["script-failed"]),
        (scripted("x = 'many'"), ["exercise-bad-answer"]),
        (scripted("x = 5", answer="$y"), ["exercise-bad-answer"]),
        (scripted("while True: pass"), ["script-failed"]),
    ],
)
def test_what_goes_wrong_is_told_at_the_exercise(xml: str, found: list[str], runner: Runner) -> None:
    issues = list(try_scripts(course("", xml), runner))
    assert [issue.code for issue in issues] == found
    assert all(issue.place.block == "e2" for issue in issues)


def test_a_site_that_runs_no_scripts_says_so_once() -> None:
    issues = list(try_scripts(course(scripted("x = 1"), scripted("x = 2")), None, "POLYLECT_RUN_SCRIPTS is no"))
    assert [issue.sentence for issue in issues] == [
        "Scripts of exercises are not run here (POLYLECT_RUN_SCRIPTS is no), so those exercises cannot be answered."
    ]


def test_a_course_without_scripts_needs_nobody_to_run_them() -> None:
    assert list(try_scripts(course('<stringresponse answer="a"><textline/></stringresponse>'), None, "why")) == []
