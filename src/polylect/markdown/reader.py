"""Reads a course folder: `course.yaml` first, then the units that it lists, in its order."""

import posixpath
import re

from polylect import languages
from polylect.course.files import Folder
from polylect.course.tree import (
    Access,
    Asset,
    Category,
    Course,
    Exercise,
    Grading,
    Page,
    Section,
    Subsection,
    Unit,
    Unplaced,
)
from polylect.issues import Issue, Place, Severity, declare
from polylect.keys import UNNAMED, RunKey
from polylect.markdown import prose
from polylect.markdown.fields import Fields, read_fields
from polylect.markdown.reading import BAD_LANGUAGE, MISSING_FILE, Reading
from polylect.markdown.unit import read_blocks

COURSE_FILE = "course.yaml"
UNITS_FOLDER = "units/"
MEDIA_FOLDER = "media/"
DEFAULT_PASS = 0.6

NO_COURSE_FILE = declare(
    "markdown-no-course",
    Severity.ERROR,
    "There is no {expected} here, so this folder is not a course in text files.",
)
BAD_NAME = declare(
    "markdown-bad-name",
    Severity.ERROR,
    "“{value}” cannot be part of an address. Letters, digits, “-”, “_” and “.” can.",
)
UNLISTED = declare(
    "markdown-unlisted-unit",
    Severity.WARNING,
    "No subsection of {course} lists this unit, so learners do not see it.",
)
UNKNOWN_CATEGORY = declare(
    "markdown-unknown-category",
    Severity.ERROR,
    "The category “{name}” is not under “grading”, so nothing here counts. Known are: {known}.",
)
NOTHING_TO_WAIT_FOR = declare(
    "markdown-nothing-to-wait-for",
    Severity.ERROR,
    "“{name}” is no subsection before this one with exercises in it, so nobody waits. Known are: {known}.",
)
SHARES = declare("markdown-shares", Severity.WARNING, "The shares of the grade add up to {total}, not to 1.")

_NAME = re.compile(r"[\w.~-]+")


def read(folder: Folder) -> tuple[Course | None, list[Issue]]:
    """Reads a folder of text files. None only where there is no `course.yaml` at all."""
    reading = Reading(folder)
    if not reading.has(COURSE_FILE):
        reading.issues.append(NO_COURSE_FILE.at(Place(), expected=COURSE_FILE))
        return None, reading.issues
    fields = read_fields(reading.text(COURSE_FILE), COURSE_FILE, reading.issues)
    course = _course(fields, reading)
    return course, reading.issues


def _course(fields: Fields, reading: Reading) -> Course:
    key = RunKey(*(_name(fields, part, reading) for part in ("org", "code", "run")))
    language = _language(fields, reading)
    grading = _grading(fields, reading)
    sections = _sections(fields, reading, grading, language)
    course = Course(
        key=key,
        title=fields.text("title", required=True),
        language=language,
        sections=sections,
        pages=_pages(fields, reading),
        grading=grading,
        assets=_assets(reading),
        unplaced=_unlisted(reading, language),
        image=_file(fields, "image", reading),
        start=fields.text("start"),
        end=fields.text("end"),
        kept=_kept(fields, "licence"),
    )
    fields.finish()
    return course


def _kept(fields: Fields, *names: str) -> tuple[tuple[str, str], ...]:
    found = ((name, fields.text(name)) for name in names)
    return tuple((name, value) for name, value in found if value)


def _name(fields: Fields, name: str, reading: Reading) -> str:
    value = fields.text(name, required=True, expected="a short name for addresses")
    if value and not _NAME.fullmatch(value):
        reading.issues.append(BAD_NAME.at(fields.place(name), value=value))
        value = re.sub(r"[^\w.~-]+", "-", value)
    return value or UNNAMED


def _language(fields: Fields, reading: Reading) -> str:
    value = fields.text("language", required=True, expected="the language of the texts, such as “en”")
    tag = languages.canonical(value) if value else None
    if value and tag is None:
        reading.issues.append(BAD_LANGUAGE.at(fields.place("language"), value=value))
    return tag or "en"


def _grading(fields: Fields, reading: Reading) -> Grading:
    categories = []
    for entry in fields.nested("grading", expected="a list of {code, name, share}"):
        categories.append(
            Category(
                code=entry.text("code", required=True),
                name=entry.text("name", required=True),
                share=entry.number("share", 0.0) or 0.0,
                short_name=entry.text("short"),
                least_count=int(entry.number("least", 1) or 1),
                dropped=int(entry.number("dropped", 0) or 0),
            )
        )
        entry.finish()
    total = sum(category.share for category in categories)
    if categories and abs(total - 1) > 0.001:
        reading.issues.append(SHARES.at(fields.place("grading"), total=f"{total:g}"))
    passing = fields.number("pass", DEFAULT_PASS, expected="a share between 0 and 1 such as 0.6")
    return Grading(tuple(categories), (("Pass", DEFAULT_PASS if passing is None else passing),))


def _sections(fields: Fields, reading: Reading, grading: Grading, language: str) -> tuple[Section, ...]:
    entries = fields.nested("sections", required=True, expected="a list of {code, title, subsections}")
    planned = [(entry, entry.nested("subsections", expected="a list of {code, title, units}")) for entry in entries]
    listed = {id(part): part.texts("units", expected="a list of unit files") for _, parts in planned for part in parts}
    _claim_units(reading, [path for paths in listed.values() for path in paths])
    sections = []
    before: list[Subsection] = []
    for entry, parts in planned:
        subsections = tuple(_subsection(part, listed[id(part)], reading, grading, language, before) for part in parts)
        code = reading.claim(_name(entry, "code", reading), entry.place("code"))
        sections.append(Section(code, entry.text("title", required=True), subsections, access=_access(entry)))
        entry.finish()
    return tuple(sections)


def _claim_units(reading: Reading, paths: list[str]) -> None:
    """Gives each unit its code before any is read, so that units can link to each other."""
    for path in dict.fromkeys(paths):
        if not reading.has(path):
            continue
        header, _, line = split_header(reading.text(path))
        wanted = read_fields(header, path, [], first_line=line).text("code")
        reading.unit_codes[path] = reading.claim(wanted or _stem(path), Place(path, 1))


def _stem(path: str) -> str:
    return re.sub(r"[^\w.~-]+", "-", posixpath.splitext(posixpath.basename(path))[0])


def _access(fields: Fields) -> Access:
    return Access(staff_only=fields.flag("hidden"), start=fields.text("start"), due=fields.text("due"))


def _subsection(
    fields: Fields,
    paths: tuple[str, ...],
    reading: Reading,
    grading: Grading,
    language: str,
    before: list[Subsection],
) -> Subsection:
    """Reads a subsection, and adds it to those `before` the next one."""
    units = []
    for path in paths:
        if path in reading.unit_codes:
            units.append(_unit(path, reading, language))
        else:
            reading.issues.append(MISSING_FILE.at(fields.place("units"), name=path))
    category = fields.text("category")
    known = [one.code for one in grading.categories]
    if category and category not in known:
        reading.issues.append(
            UNKNOWN_CATEGORY.at(fields.place("category"), name=category, known=", ".join(known) or "none")
        )
        category = ""
    code = reading.claim(_name(fields, "code", reading), fields.place("code"))
    title, access = fields.text("title", required=True), _access(fields)
    after, days = _opens_after(fields, reading, before)
    subsection = Subsection(
        code, title, tuple(units), category, access, opens_after=after, opens_after_days=days if after else 0
    )
    before.append(subsection)
    fields.finish()
    return subsection


def _opens_after(fields: Fields, reading: Reading, before: list[Subsection]) -> tuple[str, int]:
    """The subsection whose first answer is waited for, and the days from there; an empty code: nobody waits."""
    opens = fields.inner("opens", expected="{after: the code of a subsection before, days: 3}")
    if not opens.values:
        return "", 0
    after = opens.text("after", required=True, expected="the code of a subsection before this one")
    days = opens.number("days", 0, expected="a number of days such as 3") or 0
    opens.finish()
    known = [
        one.code for one in before if any(isinstance(item, Exercise) for unit in one.units for item in unit.blocks)
    ]
    if after and after not in known:
        place = opens.place("after")
        reading.issues.append(NOTHING_TO_WAIT_FOR.at(place, name=after, known=", ".join(known)))
        return "", 0
    return after, max(0, int(days))


def split_header(text: str) -> tuple[str, str, int]:
    """Parts a unit's file: the YAML between the two `---` lines, the Markdown after it, and the header's first line.

    The Markdown keeps its line numbers: as many empty lines stand before it as the header took.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return "", text, 1
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]), "\n".join([""] * (number + 1) + lines[number + 1 :]), 2
    return "\n".join(lines[1:]), "", 2


def _unit(path: str, reading: Reading, language: str) -> Unit:
    header, body, first_line = split_header(reading.text(path))
    fields = read_fields(header, path, reading.issues, first_line=first_line)
    fields.text("code")
    code = reading.unit_codes[path]
    unit = Unit(
        code=code,
        title=fields.text("title", required=True),
        blocks=read_blocks(body, path, code, reading, language),
        access=_access(fields),
    )
    fields.finish()
    return unit


def _pages(fields: Fields, reading: Reading) -> tuple[Page, ...]:
    path = _file(fields, "about", reading)
    if not path:
        return ()
    header, body, first_line = split_header(reading.text(path))
    about = read_fields(header, path, reading.issues, first_line=first_line)
    short = about.text("summary")
    title = about.text("title")
    about.finish()
    markdown = prose.parser()
    html = prose.render(markdown, markdown.parse(body), lambda address: reading.link(address, Place(path)))
    pages = [Page("overview", title, html, "about")]
    if short:
        pages.insert(0, Page("short_description", "", short, "about"))
    return tuple(pages)


def _file(fields: Fields, name: str, reading: Reading) -> str:
    """A field that names a file of the course; empty where there is none."""
    path = fields.text(name)
    if path and not reading.has(path):
        reading.issues.append(MISSING_FILE.at(fields.place(name), name=path))
        return ""
    return path


def _assets(reading: Reading) -> tuple[Asset, ...]:
    return tuple(
        Asset(path=path, file=path, size_bytes=reading.folder.size(path))
        for path in sorted(reading.folder.paths())
        if path.startswith(MEDIA_FOLDER)
    )


def _unlisted(reading: Reading, language: str) -> tuple[Unplaced, ...]:
    """Units that no subsection lists: learners do not see them, staff do."""
    paths = [
        path
        for path in sorted(reading.folder.paths())
        if path.startswith(UNITS_FOLDER) and path.endswith(".md") and path not in reading.unit_codes
    ]
    _claim_units(reading, paths)
    for path in paths:
        reading.issues.append(UNLISTED.at(Place(path), course=COURSE_FILE))
    return tuple(Unplaced(_unit(path, reading, language), "draft") for path in paths)
