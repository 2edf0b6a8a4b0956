"""What docs/howto/write-a-course.md shows is a course: its examples, put together, are read without an issue."""

import re
from pathlib import Path

from polylect import markdown
from polylect.course.files import open_folder
from polylect.course.tree import Exercise, Unit, Video
from polylect.messages import po, walk

HOWTO = Path(__file__).parents[2] / "docs" / "howto" / "write-a-course.md"
MEDIA = ("cover.webp", "first-map.webp", "lesson.webm", "lesson.mp4", "lesson.webp")


def shown(first_words: str) -> str:
    """The example in the manual that begins so."""
    examples = re.findall(r"^```\w*\n(.*?)^```$", HOWTO.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    (found,) = [example for example in examples if example.startswith(first_words)]
    return found


def write_course(folder: Path) -> None:
    files = {
        "course.yaml": shown("org: Riverside"),
        "about.md": "Four maps, one street.\n",
        "units/two-maps.md": shown("---\ntitle: Two maps"),
        "units/signs.md": "---\ntitle: Signs\n---\n" + shown("::: video lesson"),
        "units/first-street.md": "\n".join(("---", "title: First street", "---", shown("<div"), shown("::: exercise"))),
        "media/lesson.en.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nLook at the legend.\n",
        **{f"media/{name}": "" for name in MEDIA},
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def test_the_examples_of_the_manual_make_a_course(tmp_path):
    write_course(tmp_path)
    with open_folder(tmp_path) as folder:
        course, issues = markdown.read(folder)
    assert [str(issue) for issue in issues] == []
    assert course is not None
    items = [item for _, item in walk(course)]
    assert [item.code for item in items if isinstance(item, Unit)] == ["two-maps", "signs", "first-street"]
    assert [item.code for item in items if isinstance(item, Video | Exercise)] == ["lesson", "who-gains"]


def test_the_translation_in_the_manual_is_taken(tmp_path):
    write_course(tmp_path)
    with open_folder(tmp_path) as folder:
        course, _ = markdown.read(folder)
    assert course is not None
    targets, issues = po.read(shown('msgctxt "two-maps|title"'), course, "translations/fr.po")
    assert issues == []
    assert targets["two-maps", "title"].text == "Deux plans d’une même rue"
    targets, issues = po.read(shown('msgctxt "two-maps-text-1|html.src.1"'), course, "translations/ar.po")
    assert issues == []
    assert targets["two-maps-text-1", "html.src.1"].text == "/static/media/first-map.ar.webp"
