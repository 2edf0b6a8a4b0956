"""Edits that authors make, on real exports and a real bundle: every translation ends where it belongs."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from polylect.captions.groups import group
from polylect.course import tree, walk
from polylect.messages import find_all
from polylect.messages.alignment import Standing, Way, align, way
from polylect_web import given

pytestmark = pytest.mark.shared

Edit = Callable[[tree.Course], tree.Course]


def course_at(path: Path) -> tree.Course:
    with given.read(path) as read:
        assert read.course is not None
        return read.course


def standing(course: tree.Course) -> list[Standing]:
    return [Standing(code, one.role, one.kind.value, one.text) for code, one in find_all(course)]


def ways(course: tree.Course, edit: Edit) -> tuple[Counter[str], int]:
    """How the messages live on, and how many are gone."""
    known, found = standing(course), standing(edit(course))
    numbers = align(known, found)
    told = Counter("added" if n is None else way(known[n], one).value for n, one in zip(numbers, found, strict=True))
    for number, one in zip(numbers, found, strict=True):
        if number is not None and way(known[number], one) is not Way.EDITED:
            assert known[number].text == one.text
    return told, len(known) - sum(number is not None for number in numbers)


def on_blocks(change: Callable[[tree.Block], tree.Block]) -> Edit:
    def edit(course: tree.Course) -> tree.Course:
        return replace(course, sections=tuple(_section(section) for section in course.sections))

    def _section(section: tree.Section) -> tree.Section:
        return replace(section, subsections=tuple(_subsection(one) for one in section.subsections))

    def _subsection(subsection: tree.Subsection) -> tree.Subsection:
        units = (replace(unit, blocks=tuple(change(block) for block in unit.blocks)) for unit in subsection.units)
        return replace(subsection, units=tuple(units))

    return edit


def paragraph_first(block: tree.Block) -> tree.Block:
    return replace(block, html="<p>Added to all pages.</p>" + block.html) if isinstance(block, tree.Text) else block


def reworded(block: tree.Block) -> tree.Block:
    return replace(block, html=block.html.replace(" the ", " that very ", 1)) if isinstance(block, tree.Text) else block


def renamed(block: tree.Block) -> tree.Block:
    return replace(block, code=f"{block.code}-renamed")


def choice_first(block: tree.Block) -> tree.Block:
    if not isinstance(block, tree.Exercise) or '<choicegroup type="MultipleChoice">' not in block.body.xml:
        return block
    group_start = '<choicegroup type="MultipleChoice">'
    xml = block.body.xml.replace(group_start, f'{group_start}<choice correct="false">None of these at all</choice>')
    return replace(block, body=replace(block.body, xml=xml))


def units_reversed(course: tree.Course) -> tree.Course:
    sections = tuple(
        replace(section, subsections=tuple(replace(one, units=one.units[::-1]) for one in section.subsections[::-1]))
        for section in course.sections[::-1]
    )
    return replace(course, sections=sections)


@pytest.mark.parametrize("name", ["demo-course", "kitchen-sink"])
def test_edits_of_a_real_export(shared: Path, name: str) -> None:
    course = course_at(shared / "courses" / f"{name}.tar.gz")
    count = len(standing(course))
    pages = sum(isinstance(block, tree.Text) for unit in walk.units(course) for block in unit.blocks)
    assert ways(course, lambda same: same) == (Counter(same=count), 0)
    assert ways(course, units_reversed) == (Counter(same=count), 0)

    told, gone = ways(course, on_blocks(paragraph_first))
    assert (told["added"], gone) == (pages, 0)

    told, gone = ways(course, on_blocks(reworded))
    assert told["edited"] > (100 if name == "demo-course" else -1)
    assert (told["added"], gone) == (0, 0)

    told, gone = ways(course, on_blocks(choice_first))
    assert gone == 0
    assert told["edited"] == 0

    told, gone = ways(course, on_blocks(renamed))
    assert told["edited"] == 0
    assert told["added"] == gone <= count // 20  # blocks that are all alike


def film(course: tree.Course, change: Callable[[tuple[object, ...]], tuple[object, ...]]) -> tree.Course:
    """The course with other cues in its films."""

    def edit(block: tree.Block) -> tree.Block:
        if not isinstance(block, tree.Video):
            return block
        tracks = []
        for one in block.tracks:
            track = replace(one.track, cues=change(one.track.cues))
            tracks.append(replace(one, track=track, groups=group(track, one.language)))
        return replace(block, tracks=tuple(tracks))

    return on_blocks(edit)(course)


def test_a_cue_put_into_the_real_bundle_is_all_that_is_new(shared: Path) -> None:
    course = course_at(shared / "bundles" / "what-is-a-partnership.json")
    sentences = len(standing(course))

    def inserted(cues: tuple) -> tuple:  # type: ignore[type-arg]
        first, *rest = cues
        new = replace(first, start_ms=first.end_ms - 200, text="This sentence is new.", code="")
        return (replace(first, end_ms=first.end_ms - 200), new, *rest)

    told, gone = ways(course, lambda one: film(one, inserted))
    assert told["same"] + told["moved"] + told["edited"] + gone == sentences
    assert told["added"] + told["edited"] + gone <= 2


def test_cues_of_the_real_bundle_that_are_split_leave_its_sentences_alone(shared: Path) -> None:
    course = course_at(shared / "bundles" / "what-is-a-partnership.json")
    sentences = len(standing(course))

    def split(cues: tuple) -> tuple:  # type: ignore[type-arg]
        parts = []
        for cue in cues:
            words = cue.text.split()
            half, middle = len(words) // 2, (cue.start_ms + cue.end_ms) // 2
            if half and not cue.text.endswith((".", "?")):
                parts += [
                    replace(cue, end_ms=middle, text=" ".join(words[:half]), code=""),
                    replace(cue, start_ms=middle, text=" ".join(words[half:]), code=""),
                ]
            else:
                parts.append(cue)
        return tuple(parts)

    told, gone = ways(course, lambda one: film(one, split))
    assert told["same"] + told["moved"] >= 0.95 * sentences
    assert gone <= 3


def test_a_word_changed_in_every_fifth_cue_of_the_real_bundle_outdates_these_sentences_only(shared: Path) -> None:
    course = course_at(shared / "bundles" / "what-is-a-partnership.json")

    def edited(cues: tuple) -> tuple:  # type: ignore[type-arg]
        return tuple(
            replace(cue, text=cue.text.replace(" a ", " one ", 1).replace(" the ", " that ", 1)) if not at % 5 else cue
            for at, cue in enumerate(cues)
        )

    told, gone = ways(course, lambda one: film(one, edited))
    assert told["edited"] >= 15
    assert (told["added"], told["moved"], gone) == (0, 0, 0)
