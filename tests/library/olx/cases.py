"""Exports as text cases: how they are written down, and how what was read of them is drawn.

A case is a line of `=====` and a title, then files (`--- NAME`), then `--- read` and `--- issues`. Instead of a whole
course it may have `--- blocks`, which are put into the one unit of a small `course.xml`, from line 3 on; of these only
the blocks are drawn. A grading policy is added unless the case has one, or says `--- without grading_policy.json`.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from polylect.course.tree import (
    Access,
    Block,
    Course,
    Exercise,
    Foreign,
    Library,
    Selection,
    Text,
    Unit,
    Video,
)
from polylect.issues import Issue

CASES = Path(__file__).parents[2] / "cases" / "olx"
_BLOCKS = """<course org="Org" course="C1" url_name="run" display_name="A course" language="en">
<chapter url_name="s" display_name="S"><sequential url_name="p" display_name="P">\
<vertical url_name="u" display_name="U">
{}</vertical></sequential></chapter></course>
"""


def load(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The cases in this file: titles, and their pieces by name."""
    for part in re.split(r"^===== ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        title, _, rest = part.partition("\n")
        pieces = re.split(r"^--- (.+)\n", rest, flags=re.MULTILINE)[1:]
        yield title, dict(zip(pieces[::2], pieces[1::2], strict=True))


def all_cases() -> list[tuple[str, dict[str, str]]]:
    return [(f"{path.stem}: {title}", pieces) for path in sorted(CASES.glob("*.txt")) for title, pieces in load(path)]


def files_of(pieces: dict[str, str]) -> dict[str, str]:
    """The files that a case is about."""
    files = {name: text for name, text in pieces.items() if name not in ("read", "issues", "blocks")}
    if "blocks" in pieces:
        files["course.xml"] = _BLOCKS.format(pieces["blocks"])
    if files.pop("without grading_policy.json", None) is None and "library.xml" not in files:
        files.setdefault("grading_policy.json", "{}")
    return files


def write(files: dict[str, str], folder: Path) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def draw(course: Course | Library | None) -> list[str]:
    """Everything that was read, a line for each part, indented by its depth."""
    match course:
        case None:
            return ["nothing"]
        case Library():
            lines = [f'library {course.key} "{course.title}"{_kept(course.kept)}']
            return lines + [f"  {line}" for block in course.blocks for line in _block(block)] + _assets(course)
    language = f" {course.language}" if course.language != "en" else ""
    dates = "".join(f" {name}={value}" for name in ("start", "end", "image") if (value := getattr(course, name)))
    pace = " self-paced" if course.self_paced else ""
    lines = [f'course {course.key}{language} "{course.title}"{dates}{pace}{_kept(course.kept)}']
    lines += [f"  {line}" for line in _grading(course)]
    for section in course.sections:
        lines.append(f'  section {section.code} "{section.title}"{_access(section.access)}{_kept(section.kept)}')
        for part in section.subsections:
            category = f" counts={part.category}" if part.category else ""
            lines.append(f'    subsection {part.code} "{part.title}"{category}{_access(part.access)}{_kept(part.kept)}')
            lines += [f"      {line}" for unit in part.units for line in _unit(unit)]
    for page in course.pages:
        lines.append(f'  page {page.kind} {page.code} "{page.title}"{_access(page.access)}: {page.html.strip()}')
    for unplaced in course.unplaced:
        drawn = _unit(unplaced.item) if isinstance(unplaced.item, Unit) else _block(unplaced.item)
        lines += [f"  {unplaced.reason} {drawn[0]}", *(f"  {line}" for line in drawn[1:])]
    return lines + _assets(course)


def draw_blocks(course: Course | Library | None) -> list[str]:
    """The blocks of the one unit that `--- blocks` are put into."""
    assert isinstance(course, Course)
    return [line for block in course.sections[0].subsections[0].units[0].blocks for line in _block(block)]


def told(issue: Issue) -> str:
    return f"{issue.severity.value} {issue.code} {issue}"


def _grading(course: Course) -> Iterator[str]:
    for each in course.grading.categories:
        yield (
            f'category {each.code} "{each.name}" {each.share:g} "{each.short_name}" '
            f"of {each.least_count}, {each.dropped} dropped"
        )
    for name, share in course.grading.cutoffs:
        yield f"from {share:g}: {name}"


def _unit(unit: Unit) -> list[str]:
    lines = [f'unit {unit.code} "{unit.title}"{_access(unit.access)}{_kept(unit.kept)}']
    return lines + [f"  {line}" for block in unit.blocks for line in _block(block)]


def _block(block: Block) -> list[str]:
    after = _access(block.access) + ("" if isinstance(block, Foreign) else _kept(block.kept))
    match block:
        case Text():
            return [f'text {block.code} "{block.title}"{after}: {block.html.strip()}']
        case Video():
            return [f'video {block.code} "{block.title}"{after}', *(f"  {line}" for line in _video(block))]
        case Exercise():
            return [f'exercise {block.code} "{block.title}"{_exercise(block)}{after}']
        case Foreign():
            return [f'foreign {block.kind} {block.code} "{block.title}"{after}: {block.xml.strip()}']
        case Selection():
            library = f" from {block.library}" if block.library else ""
            lines = [f'selection {block.count} {block.code} "{block.title}"{library}{after}']
            return lines + [f"  {line}" for inner in block.blocks for line in _block(inner)]


def _video(video: Video) -> Iterator[str]:
    if video.youtube_id:
        yield f"youtube {video.youtube_id}"
    for source in video.sources:
        yield f"source {source.address} {source.media_type}".strip()
    if video.start_ms or video.end_ms:
        yield f"from {video.start_ms} to {video.end_ms} ms"
    if video.handout:
        yield f"handout {video.handout}"
    for track in video.tracks:
        first = track.track.cues[0].text if track.track.cues else ""
        yield f"{track.language} {track.file}: {len(track.track.cues)} cues in {len(track.groups)} groups: {first}"


def _exercise(exercise: Exercise) -> str:
    said = (
        ("questions", len(exercise.body.questions), 1),
        ("weight", exercise.weight, None),
        ("attempts", exercise.max_attempts, None),
        ("show", exercise.show_answer, "finished"),
        ("rerandomize", exercise.rerandomize, "never"),
        ("wait", exercise.wait_seconds, 0),
        ("reset", exercise.show_reset_button, False),
        ("before", exercise.attempts_before_answer, 0),
        ("save", exercise.force_save_button, False),
        ("counts", exercise.grading_method, "last_score"),
        ("correctness", exercise.show_correctness, "always"),
        ("grace", exercise.grace_seconds, 0),
    )
    return "".join(f" {name}={value}" for name, value, usual in said if value != usual)


def _access(access: Access) -> str:
    said = ("staff" if access.staff_only else "", "unlisted" if access.unlisted else "")
    dates = (f"start={access.start}" if access.start else "", f"due={access.due}" if access.due else "")
    return "".join(f" {each}" for each in (*said, *dates) if each)


def _kept(kept: tuple[tuple[str, str], ...]) -> str:
    return " {" + ", ".join(f"{name}={value}" for name, value in kept) + "}" if kept else ""


def _assets(course: Course | Library) -> list[str]:
    return [
        f"  asset {each.path} in {each.file}, {each.size_bytes} bytes{', hidden' if each.hidden else ''}"
        for each in course.assets
    ]
