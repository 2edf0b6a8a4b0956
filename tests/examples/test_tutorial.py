"""What the tutorial has people type is a course without a fault, and a translation of it."""

import re
from pathlib import Path

from polylect.course.files import open_folder
from polylect.course.tree import Exercise
from polylect.course.walk import blocks
from polylect.markdown import read
from polylect.messages import po

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial.md"
NAMES = {"yaml": "course.yaml", "markdown": "units/stones.md", "po": "translations/fr.po"}


def test_the_course_of_the_tutorial_is_without_a_fault_and_its_translation_fits(tmp_path: Path) -> None:
    for form, text in re.findall(r"```(yaml|markdown|po)\n(.*?)```", TUTORIAL.read_text("utf-8"), re.DOTALL):
        path = tmp_path / NAMES[form]
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    with open_folder(tmp_path) as folder:
        course, issues = read(folder)
        assert course is not None
        assert issues == []
        (exercise,) = (block for block in blocks(course) if isinstance(block, Exercise))
        assert [question.code for question in exercise.body.questions] == ["q1"]
        targets, issues = po.read(folder.read("translations/fr.po").decode(), course, "translations/fr.po")
    assert issues == []
    assert {key: target.text for key, target in targets.items()} == {("stones", "title"): "Rien que des pierres"}
