"""From what somebody gave us to what learners see: publishing courses, and taking in translations.

The command and the first start of a site use this; it knows every form (`given`) and the actions of `courses` and
`texts`.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

from polylect import languages
from polylect.course import tree, walk
from polylect.issues import Issue, Severity
from polylect.issues import Place as IssuePlace
from polylect.keys import RunKey
from polylect.messages import Target, bundle, po, wikilearn
from polylect_web import given
from polylect_web.accounts.models import Person
from polylect_web.courses import queries as courses
from polylect_web.courses.actions import Into, NotPublished, Progress, Published
from polylect_web.courses.models import Run
from polylect_web.foundation import scripts
from polylect_web.given import Form
from polylect_web.glossary import actions as glossary
from polylect_web.texts import actions as texts
from polylect_web.texts import queries
from polylect_web.texts.models import Origin
from polylect_web.texts.queries import OutdatedText, message_uuids
from polylect_web.trying import try_scripts

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "partnership-building"
_BLOCK_IN_NAME = re.compile(r"block@(?P<code>[\w.~-]+?)(?:\.json|\.txt)?$")


@dataclass(frozen=True)
class Imported:
    """What came of an import: the run that shows it, the version if one was published, translations by language."""

    run: Run
    published: Published | None = None
    taken: Mapping[str, texts.Taken] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()


def import_course(
    path: Path,
    *,
    key: RunKey | None = None,
    into: Into | None = None,
    libraries: tuple[Path, ...] = (),
    by: Person | None = None,
    only_without_errors: bool = False,
    is_cosmetic: bool = False,
    progress: Progress = lambda *_: None,
) -> Imported:
    """Publishes the course at `path`, with the translations and the glossary that lie beside it.

    `key` names the run, where it is to be another than the course says. `is_cosmetic` as in `texts.publish`. Raises
    NotPublished, with a sentence, where nothing can be published, and then nothing is.
    """
    with ExitStack() as stack:
        pools = tuple(stack.enter_context(given.read(library)) for library in libraries)
        read = stack.enter_context(given.read(path, libraries=tuple(p.library for p in pools if p.library)))
        course = _course(read)
        if only_without_errors and any(issue.severity is Severity.ERROR for issue in read.issues):
            raise NotPublished("The course has errors, so it was not published.", read.issues)
        if key is not None:
            course = replace(course, key=key)
        if not course.key.is_named:
            raise NotPublished(
                "The course does not say its organization, code and run. Write them, or name it with --run.",
                read.issues,
            )
        targets, wrong = given.translations(read)
        words, unclear = given.glossary(read)
        tried = try_scripts(course, scripts.runner(), scripts.why_none())
        published = texts.publish(
            course,
            read.files,
            issues=(*read.issues, *tried, *wrong, *unclear),
            by=by,
            into=into,
            is_cosmetic=is_cosmetic,
            progress=progress,
        )
    taken = _take(published.run, targets, Origin.HUMAN, by)
    if words is not None:
        glossary.take_from_course(course=published.run.course, table=words, is_whole=not unclear, by=by)
    issues = (issue for one in taken.values() for issue in one.issues)
    return Imported(published.run, published, taken, (*published.issues, *issues))


def import_example() -> Imported | None:
    """Publishes the example course where there is no course yet; None where there is one, or where this installation
    has no example beside it."""
    if Run.objects.exists() or not EXAMPLE.is_dir():
        return None
    return import_course(EXAMPLE)


def import_translations(
    path: Path, *, language: str | None, key: RunKey | None, block_code: str = "", by: Person | None = None
) -> Imported:
    """Takes in the translations at `path`: a PO file, or a message bundle of a language.

    `key` names a run of the course, and may be left out where there is only one course. Raises NotPublished, with a
    sentence, where it is not clear what they translate.
    """
    run = _run(key)
    with given.read(path) as read:
        if read.form is Form.PO:
            file = f"{language}.po" if language else read.name
            by_key, issues = po.read(read.text, courses.course_tree(run.version), file)
        elif read.form is Form.BUNDLE:
            by_key, issues = _bundle_targets(run, read, _tag(language), block_code)
        else:
            raise NotPublished("Translations come as a PO file or as a message bundle.", read.issues)
    if language is None and any(issue.kind is po.OTHER_LANGUAGE for issue in issues):
        raise NotPublished("Say which of the two languages it is in, with --language.", issues)
    if not by_key:
        raise NotPublished(f"There is no translation in “{read.name}” that can be taken.", (*read.issues, *issues))
    taken = _take(run, list(by_key.items()), Origin.HUMAN, by)
    return Imported(run, None, taken, (*issues, *(issue for one in taken.values() for issue in one.issues)))


def outdated_texts(key: RunKey | None) -> tuple[Run, tuple[OutdatedText, ...]]:
    """The run (`key` may be left out where there is only one course), and the texts of its course that changed after
    they were translated. Raises NotPublished where it is not clear which course is meant."""
    run = _run(key)
    return run, queries.outdated_texts(run.course)


def say_cosmetic(key: RunKey | None, names: Sequence[str], by: Person | None = None) -> int:
    """Says of these texts, named by the beginnings of their uuids, that their translations stay valid; how many
    translations that are.

    Raises NotPublished, before anything is said, where one of them names no outdated text, or several.
    """
    run, outdated = outdated_texts(key)
    uuids: list[UUID] = []
    for name in names:
        named = {one.message for one in outdated if str(one.message).startswith(name.lower())}
        if len(named) != 1:
            many = "Several texts begin" if named else "No outdated text begins"
            raise NotPublished(f"{many} with “{name}”. Without any, polylect cosmetic lists them all.")
        uuids += named
    return sum([texts.say_cosmetic(run.course, uuid, by=by) for uuid in uuids])


def _course(read: given.Given) -> tree.Course:
    if read.course is not None:
        return read.course
    if read.library is not None:
        raise NotPublished(
            "This is a content library. Give it with --library when you import a course that draws from it.",
            read.issues,
        )
    if read.form is Form.PO:
        raise NotPublished("This is a PO file. Say which language it is in, with --language.", read.issues)
    raise NotPublished(f"No course can be read from “{read.name}”.", read.issues)


def _take(
    run: Run, targets: Sequence[tuple[po.Key, Target]], origin: Origin, by: Person | None
) -> dict[str, texts.Taken]:
    """Takes in targets, language by language. Whoever publishes them has looked at them, so they count as
    reviewed."""
    known = message_uuids(run.version)
    taken: dict[str, texts.Taken] = {}
    for language in dict.fromkeys(target.language for _, target in targets):
        brought = [
            texts.Given(known[at].uuid, target.text, target.made_for or known[at].text, target.cuts)
            for at, target in targets
            if target.language == language and at in known
        ]
        taken[language] = texts.take_targets(run.course, language, brought, origin=origin, by=by, is_approved=True)
    return taken


def _run(key: RunKey | None) -> Run:
    """The run of this name, or the only one there is."""
    runs = Run.objects.select_related("course", "version")
    if key is not None:
        run = runs.filter(key=str(key)).first()
        if run is None:
            raise NotPublished(f"There is no run {key}. Import the course first.")
        return run
    found = list(runs.order_by("key")[:2])
    if not found:
        raise NotPublished("There is no course yet. Import it first.")
    if len(found) > 1:
        raise NotPublished("There are several courses. Say which one this translates, with --run ORG+CODE+RUN.")
    return found[0]


def _tag(language: str | None) -> str:
    tag = languages.canonical(language or "")
    if tag is None:
        raise NotPublished("Say which language the bundle is in, with --language and a tag such as “fr” or “pt-BR”.")
    return tag


def _bundle_targets(
    run: Run, read: given.Given, language: str, block_code: str
) -> tuple[dict[po.Key, Target], list[Issue]]:
    """The targets in a bundle: of our own (keys are the uuids of messages), or of WikiLearn's, for one block."""
    found = wikilearn.displayed(read.text)
    issues: list[Issue] = []
    if found is None:
        found, issues = bundle.read(read.text, read.name)
    by_uuid = {str(one.uuid): at for at, one in message_uuids(run.version).items()}
    own = {by_uuid[key]: Target(text, language) for key, text in found.messages.items() if key in by_uuid}
    if own or all(_is_uuid(key) for key in found.messages):
        return own, issues
    item = _translated_block(run, read.name, block_code)
    source_language = courses.outline(run.version).course.language
    targets, wrong = wikilearn.take(
        item, found.messages, language=language, source_language=source_language, place=IssuePlace(read.name)
    )
    return {(item.code, role): target for role, target in targets.items()}, [*issues, *wrong]


def _translated_block(run: Run, name: str, block_code: str) -> tree.Block | tree.Unit | tree.Subsection | tree.Section:
    """What WikiLearn's bundle translates: what `--block` or the file's name says, or the only block of a course."""
    course = courses.course_tree(run.version)
    in_name = _BLOCK_IN_NAME.search(name)
    code = block_code or (in_name["code"] if in_name else "")
    if code:
        item = walk.find(course, code)
        if item is None:
            raise NotPublished(f"The course has no block “{code}”. Say with --block which one this translates.")
        return item
    blocks = list(walk.blocks(course))
    if len(blocks) != 1:
        raise NotPublished("Say with --block, and the block's code, what this bundle translates.")
    return blocks[0]


def _is_uuid(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True
