"""Reads an Open edX export: the way in."""

import re

from lxml import etree

from polylect import languages
from polylect.course.files import Folder
from polylect.course.tree import Course, Library, Unplaced
from polylect.issues import Issue, Severity, declare
from polylect.keys import UNNAMED, LibraryKey, RunKey
from polylect.olx import assets, blocks, outline, pages, policy, unplaced
from polylect.olx.context import Context
from polylect.olx.export import Export, Parsed
from polylect.olx.fields import Fields
from polylect.olx.links import Links
from polylect.olx.nodes import Node, Nodes, is_empty, line_of

NO_COURSE = declare(
    "olx-no-course",
    Severity.ERROR,
    "There is no course here: expected course.xml, or library.xml for a content library.",
)
NO_RUN = declare("olx-no-run", Severity.ERROR, "The course is in {expected}, which does not exist.")
OTHER_RUN = declare("olx-other-run", Severity.NOTE, "This is another run of the course; only {run} is read.")
BAD_NAME = declare(
    "olx-course-name",
    Severity.WARNING,
    "{name} is “{found}”; expected letters, digits, “.”, “_”, “~” or “-”. It becomes “{used}”.",
)
NO_LANGUAGE = declare(
    "olx-no-language",
    Severity.NOTE,
    'The course does not say its language; English is assumed. Expected language="fr".',
)
BAD_LANGUAGE = declare(
    "olx-language", Severity.WARNING, "language is “{found}”; expected a tag such as fr or pt-BR. English is assumed."
)

_ROOTS = ("course.xml", "library.xml")
_POINTER = {"url_name", "org", "course"}
_NOT_IN_NAMES = re.compile(r"[^\w.~-]+")


def read(folder: Folder, *, libraries: tuple[Library, ...] = ()) -> tuple[Course | Library | None, list[Issue]]:
    """The course or content library in these files, and everything about them that somebody should know.

    None where there is neither a `course.xml` nor a `library.xml` that can be read. `libraries` fill the selections
    that name them and came without blocks. Never raises because of what the files say.
    """
    path = _root_file(folder)
    if path is None:
        export = Export(folder)
        export.report(NO_COURSE, "")
        return None, export.issues
    above, slash, name = path.rpartition("/")
    export = Export(folder, above + slash)
    source = export.xml(name, is_root=True)
    if source is None:
        return None, export.issues
    if source.root.tag not in ("course", "library"):
        export.report(NO_COURSE, name, line_of(source.root))
        return None, export.issues
    if source.root.tag == "library":
        return _library(export, name, source), export.issues
    return _course(export, source, libraries), export.issues


def _root_file(folder: Folder) -> str | None:
    """The `course.xml` or `library.xml` that lies highest."""
    found = [path for path in folder.paths() if path.rpartition("/")[2] in _ROOTS]
    return min(found, key=lambda path: (path.count("/"), path), default=None)


def _course(export: Export, pointer: Parsed, libraries: tuple[Library, ...]) -> Course | None:
    """The course that `course.xml` holds or points to."""
    run = (pointer.root.get("url_name") or "").strip()
    file, source = _course_file(export, pointer, run)
    if source is None:
        return None
    org, course = (source.root.get(name) or pointer.root.get(name) or "" for name in ("org", "course"))
    key = RunKey(_name(export, "org", org), _name(export, "course", course), _name(export, "url_name", run))
    policies = policy.read(export, run)
    nodes = Nodes(export, policies.attributes)
    node = nodes.root(file, source, run or "course")
    fields = nodes.fields(node)
    grading = policy.grading(export, run)
    found = assets.read(export)
    context = Context(
        export=export,
        nodes=nodes,
        assets=found,
        links=Links(export, found, key.org, key.code),
        language=_language(export, node, fields),
        categories={category.name: category.code for category in grading.categories},
        libraries=libraries,
    )
    read = Course(
        key=key,
        title=node.title or str(key),
        language=context.language,
        sections=outline.sections(context, node),
        pages=pages.read(context, policies, run),
        grading=grading,
        assets=found.all,
        unplaced=_unplaced(context),
        image=_image(context, node, fields),
        start=fields.date("start"),
        end=fields.date("end"),
        self_paced=fields.boolean("self_paced"),
        kept=(*fields.kept(), *_kept_elements(node), *pages.kept(context, run)),
    )
    policy.report_unused(export, policies, nodes.used_policies)
    _finish(context)
    return read


def _course_file(export: Export, pointer: Parsed, run: str) -> tuple[str, Parsed | None]:
    """The file that holds the course; other runs beside it are reported."""
    file = f"course/{run}.xml"
    says_more = not is_empty(pointer.root) or not set(pointer.root.keys()) <= _POINTER
    if not run or (says_more and file not in export):
        return "course.xml", pointer
    for other in export.below("course/"):
        if other != file and other.endswith(".xml"):
            export.used.add(other)
            export.report(OTHER_RUN, other, run=run)
    if file not in export:
        export.report(NO_RUN, "course.xml", line_of(pointer.root), expected=export.place(file))
        return file, None
    return file, export.xml(file, is_root=True)


def _library(export: Export, file: str, source: Parsed) -> Library:
    """The content library that `library.xml` holds."""
    nodes = Nodes(export, {})
    node = nodes.root(file, source, source.root.get("url_name") or "library")
    org, code = (source.root.get(name) or "" for name in ("org", "library"))
    key = LibraryKey(_name(export, "org", org), _name(export, "library", code))
    fields = nodes.fields(node)
    fields.drop("library")
    found = assets.read(export)
    context = Context(
        export=export,
        nodes=nodes,
        assets=found,
        links=Links(export, found, key.org, key.code),
        language=languages.canonical(fields.text("language")) or "en",
        categories={},
    )
    library = Library(key, node.title or str(key), blocks.read_all(context, node), found.all, fields.kept())
    _finish(context)
    return library


def _unplaced(context: Context) -> tuple[Unplaced, ...]:
    return (*unplaced.drafts(context), *unplaced.orphans(context))


def _finish(context: Context) -> None:
    """What can be said only when everything has been read."""
    context.links.report_missing_targets(context.nodes.codes_by_name.__contains__)
    _look_at_assets_xml(context.export)
    unplaced.report_unread(context)


def _look_at_assets_xml(export: Export) -> None:
    """Studio writes an empty list of assets into every export; one with entries stays unread, and is reported."""
    if "assets/assets.xml" in export:
        source = export.xml("assets/assets.xml")
        if source is not None and len(source.root):
            export.used.discard("assets/assets.xml")


def _name(export: Export, name: str, found: str) -> str:
    """A part of the course's key as addresses can have it."""
    used = _NOT_IN_NAMES.sub("-", found.strip()).strip("-") or UNNAMED
    if used != found:
        export.report(BAD_NAME, "course.xml", name=name, found=found, used=used)
    return used


def _language(export: Export, node: Node, fields: Fields) -> str:
    found = fields.text("language")
    language = languages.canonical(found) if found else "en"
    if not found:
        export.report(NO_LANGUAGE, node.file, node.line)
    elif language is None:
        export.report(BAD_LANGUAGE, node.file, node.line, found=found)
    return language or "en"


def _image(context: Context, node: Node, fields: Fields) -> str:
    """The path of the course's picture among its assets, empty where there is none."""
    name = fields.text("course_image")
    return context.links.file(name, node.file, node.line) if name else ""


def _kept_elements(node: Node) -> tuple[tuple[str, str], ...]:
    """What stands beside the chapters and says nothing to learners, each element under its tag."""
    return tuple(
        (f"<{element.tag}>", etree.tostring(element, encoding="unicode", with_tail=False))
        for element in node.element.iterchildren(*outline.BESIDE_SECTIONS)
    )
