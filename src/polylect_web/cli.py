"""The command `polylect`: looks at courses, brings them in, and runs the site.

Django is set up only by the commands that need the site, so that `polylect check` and `--help` answer at once. A
command ends with 0 if it did what was asked, 1 if what was given is wrong, 2 if the command itself cannot be
understood.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from polylect.issues import Issue, has_errors
from polylect.keys import RunKey
from polylect_web.captions_cli import captions
from polylect_web.telling import console as _console
from polylect_web.telling import print_issues as _print_issues
from polylect_web.telling import print_json as _print_json
from polylect_web.telling import summary as _summary

if TYPE_CHECKING:
    from polylect.course.tree import Course, Library
    from polylect_web.exchanging import TakenIn
    from polylect_web.importing import Imported
    from polylect_web.texts.queries import OutdatedText

app = typer.Typer(help="One course, every language.", no_args_is_help=True, add_completion=False, rich_markup_mode=None)
translations = typer.Typer(
    help="Write the translations of a course to a file, and take them in again.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
glossary = typer.Typer(
    help="Write the terms of a course to a table, and take them in again.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(translations, name="translations")
app.add_typer(captions, name="captions")
app.add_typer(glossary, name="glossary")

_STAGES = {
    "files": "Keeping files",
    "rows": "Storing",
    "messages": "Carrying translations over",
    "machine": "Translating",
}

GivenPath = Annotated[
    Path, typer.Argument(metavar="PATH", help="A folder, an archive (.tar.gz, .zip), a message bundle or a PO file.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")]
RunOption = Annotated[str, typer.Option("--run", metavar="ORG+CODE+RUN", help="The run this is for.")]
NewVersion = Annotated[bool, typer.Option("--as-new-version", help="A new run of the course that is here already.")]
Separate = Annotated[bool, typer.Option("--separate", help="A course of its own that has the same name.")]
Cosmetic = Annotated[
    bool, typer.Option("--cosmetic", help="Every text that changed says the same: its translations stay valid.")
]
Libraries = Annotated[
    list[Path] | None,
    typer.Option("--library", metavar="PATH", help="A content library the course draws from; can be repeated."),
]
Language = Annotated[
    str, typer.Option("--language", metavar="TAG", help="The language of these translations, such as pt-BR.")
]
CourseName = Annotated[str, typer.Argument(metavar="COURSE", help="ORG+CODE, or a run of it: ORG+CODE+RUN.")]
AsForm = Annotated[
    str, typer.Option("--as", metavar="FORM", help="po, xliff, csv or bundle; without it, by the file's name.")
]
TermsOf = Annotated[
    str, typer.Option("--course", metavar="COURSE", help="ORG+CODE, or a run of it; without it, terms of every course.")
]
Block = Annotated[str, typer.Option("--block", metavar="CODE", help="The block that a WikiLearn bundle translates.")]


def main() -> None:
    """The entry point of the command."""
    app()


@app.command()
def up() -> None:
    """Make everything ready, load the example course if there is none, and serve."""
    from polylect_web.up import up as serve

    with _configured():
        serve()


@app.command()
def check(path: GivenPath, library: Libraries = None, as_json: AsJson = False) -> None:
    """Say what is wrong with a course, a library or a bundle. Nothing is stored."""
    from polylect_web import given

    with ExitStack() as stack:
        pools = [stack.enter_context(given.read(pool)).library for pool in library or ()]
        read = stack.enter_context(given.read(path, libraries=tuple(pool for pool in pools if pool)))
        tried = _tried(read.course or read.library)
        issues = (*read.issues, *tried, *given.translations(read)[1])
        found: dict[str, Any] = {"form": read.form.value if read.form else None, "title": _title(read)}
    if as_json:
        _print_json({**found, "issues": [issue.as_data() for issue in issues]})
    else:
        _print_issues(issues)
        kind = f"{found['form']}: {found['title']}" if found["title"] else found["form"] or "not readable"
        _console().print(f"{escape(kind)}. {_summary(issues)}")
    raise typer.Exit(int(has_errors(issues)))


def _tried(course: "Course | Library | None") -> list[Issue]:
    """What goes wrong when the scripts of its exercises run."""
    from polylect_sandbox.sandbox import Sandbox, why_not
    from polylect_web.trying import try_scripts

    if course is None:
        return []
    with Sandbox() as sandbox:
        return list(try_scripts(course, None if why_not() else sandbox, why_not()))


@app.command("import")
def import_(
    path: GivenPath,
    language: Language = "",
    run: RunOption = "",
    block: Block = "",
    as_new_version: NewVersion = False,
    separate: Separate = False,
    library: Libraries = None,
    cosmetic: Cosmetic = False,
    as_json: AsJson = False,
) -> None:
    """Bring in a course, a message bundle, or (with --language) the translations of a course."""
    _set_up()
    from polylect_web import importing

    key = _run_key(run)
    if language or path.suffix == ".po":
        with _told(as_json):
            _print_imported(
                importing.import_translations(path, language=language or None, key=key, block_code=block), as_json
            )
        return
    with _told(as_json), _progress(as_json) as progress:
        imported = importing.import_course(
            path,
            key=key,
            into=_into(as_new_version, separate),
            libraries=tuple(library or ()),
            is_cosmetic=cosmetic,
            progress=progress,
        )
    _print_imported(imported, as_json)


@app.command()
def publish(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The folder of your course.")] = Path("."),
    run: RunOption = "",
    as_new_version: NewVersion = False,
    separate: Separate = False,
    cosmetic: Cosmetic = False,
    as_json: AsJson = False,
) -> None:
    """Publish your own course. Unlike import, it stops at the first error that learners would meet."""
    _set_up()
    from polylect_web import importing

    with _told(as_json), _progress(as_json) as progress:
        imported = importing.import_course(
            path,
            key=_run_key(run),
            into=_into(as_new_version, separate),
            only_without_errors=True,
            is_cosmetic=cosmetic,
            progress=progress,
        )
    _print_imported(imported, as_json)


@app.command("cosmetic")
def cosmetic_(
    texts: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Texts of that list, each by the beginning of its id.")
    ] = None,
    run: RunOption = "",
    as_json: AsJson = False,
) -> None:
    """List the texts that changed after they were translated; or say that what changed in some of them is cosmetic."""
    _set_up()
    from polylect_web import importing

    key = _run_key(run)
    with _told(as_json):
        if texts:
            count = importing.say_cosmetic(key, texts)
            if as_json:
                _print_json({"valid": count})
            else:
                _console().print(f"{count} translation{' stays' if count == 1 else 's stay'} valid.")
            return
        _, outdated = importing.outdated_texts(key)
    if as_json:
        _print_json([_outdated_json(one) for one in outdated])
        return
    for one in outdated:
        _console().print(f"{str(one.message)[:8]} {escape(one.block_code)} ({', '.join(one.languages)})", style="bold")
        _console().print(Padding(_marked(one), (0, 0, 0, 2)) if _console().is_terminal else f"  {_marked(one)}")
    if not outdated:
        _console().print("No text changed after it was translated.")


def _marked(one: "OutdatedText") -> str:
    """What changed in a text, word by word: taken out in brackets with a minus, put in with a plus."""
    from polylect.messages.changes import Fate, changes

    styles = {Fate.KEPT: "{}", Fate.REMOVED: "[red]{}[/]", Fate.ADDED: "[green]{}[/]"}
    signs = {Fate.KEPT: "{}", Fate.REMOVED: "[-{}-]", Fate.ADDED: "[+{}+]"}
    spans = changes(one.made_for, one.text)
    return "".join(styles[span.fate].format(escape(signs[span.fate].format(span.text))) for span in spans)


def _outdated_json(one: "OutdatedText") -> dict[str, object]:
    return {
        "id": str(one.message),
        "block": one.block_code,
        "made_for": one.made_for,
        "text": one.text,
        "languages": list(one.languages),
    }


@translations.command("export")
def export_translations(
    course: CourseName,
    language: Annotated[str, typer.Argument(metavar="LANGUAGE", help="A tag such as fr or pt-BR.")],
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Where to; - writes to standard output.", show_default=False)
    ] = None,
    form: AsForm = "",
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="STATE", help="missing, outdated, translated or approved; can be repeated."),
    ] = None,
    without_answers: Annotated[
        bool, typer.Option("--without-answers", help="Leave out what gives answers away.")
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a file that is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the texts of a course, with what is translated of them, to a PO, XLIFF or CSV file or a message bundle."""
    _set_up()
    from polylect_web import exchanging

    with _told(as_json):
        written, text = exchanging.export(
            course,
            language,
            form=form,
            only=only or (),
            file=file,
            with_answers=not without_answers,
            may_replace=replace,
        )
    if written.file == exchanging.STANDARD:
        print(text, end="")  # noqa: T201  this is the file itself
        return
    if as_json:
        issues = [issue.as_data() for issue in written.issues]
        counts = {"texts": written.texts, "translated": written.translated}
        _print_json({"file": written.file, "form": written.form.value, **counts, "issues": issues})
        return
    _print_issues(written.issues)
    _console().print(f"{escape(written.file)}: {written.texts} texts, {written.translated} of them translated.")


@translations.command("import")
def import_translations(
    course: CourseName,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A PO, XLIFF 2 or CSV file, or a message bundle.")],
    language: Language = "",
    form: AsForm = "",
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Whose work it is: a username or email.")] = "",
    approved: Annotated[bool, typer.Option("--approved", help="You have looked at each of them: it is right.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would become of it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take in translations that were made elsewhere. Newer work is never overwritten: what differs is shown, and kept
    as a suggestion."""
    _set_up()
    from polylect_web import exchanging

    with _told(as_json):
        taken = exchanging.take_in(
            course, file, language=language, form=form, by=by, is_approved=approved, is_dry=dry_run
        )
    _print_taken_in(taken, as_json)


def _print_taken_in(taken: "TakenIn", as_json: bool) -> None:
    """The conflicts one by one, what is wrong, and how many rows became what."""
    conflicts = [
        {"key": one.standing.key, "place": one.standing.place, "source": one.standing.text}
        | {"here": one.standing.current.text if one.standing.current else "", "file": one.row.text}
        | {"line": one.row.line}
        for one in taken.conflicts
        if one.standing is not None
    ]
    if as_json:
        counts = {outcome.value: count for outcome, count in taken.counts.items()}
        issues = [issue.as_data() for issue in taken.issues]
        said = {"run": taken.run.key, "language": taken.language, "dry_run": taken.is_dry, "rows": counts}
        _print_json({**said, "late": taken.late, "conflicts": conflicts, "issues": issues})
        return
    console = _console()
    _print_issues(taken.issues)
    for one in conflicts:
        where = f"line {one['line']}, {one['place']}" if one["line"] else str(one["place"])
        console.print(escape(where), style="bold")
        for name, key in (("source", "source"), ("here", "here"), ("file", "file")):
            console.print(f"  [dim]{name:>6}[/] {escape(str(one[key]))}")
    console.print(f"{taken.language}, {escape(taken.run.title)}{', nothing was done' if taken.is_dry else ''}:")
    for count, words in taken.lines:
        console.print(f"{count:>7} {words}")
    if not taken.counts:
        console.print("        no text at all")
    if taken.late:
        console.print(f"{taken.late:>7} of those taken became suggestions: somebody was faster")


@translations.command("choose")
def choose_(
    course: CourseName,
    language: Annotated[str, typer.Argument(metavar="LANGUAGE", help="A tag such as fr or pt-BR.")],
    who: Annotated[
        str, typer.Option("--who", metavar="WHO", help="open (whoever is signed in), team (those named) or rule.")
    ] = "",
    shown: Annotated[
        str, typer.Option("--shown", metavar="WHAT", help="What learners see: translated, or approved only.")
    ] = "",
    machine: Annotated[
        bool | None,
        typer.Option(
            "--machine/--no-machine", help="Whether learners see what only a machine wrote.", show_default=False
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Decide who translates a course into a language, and what learners see; without an option, say what holds."""
    _set_up()
    from polylect_web import choosing

    with _told(as_json):
        chosen = choosing.choose(course, language, who=who, shown=shown, shows_machine=machine)
    if as_json:
        _print_json(chosen.as_data)
        return
    _console().print(escape(f"{chosen.language}, {chosen.run.title}:"), style="bold")
    for line in chosen.lines:
        _console().print(f"  {line}")


@glossary.command("export")
def export_glossary(course: TermsOf = "") -> None:
    """Write the terms of a course, with what they are called in every language, to standard output, as CSV."""
    _set_up()
    from polylect_web import glossaries

    with _told(as_json=False):
        print(glossaries.export(course), end="")  # noqa: T201  this is the file itself


@glossary.command("import")
def import_glossary(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV table, as export writes it.")],
    course: TermsOf = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="What is here in other words becomes as it is in the table.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take in a table of terms, all of it or nothing. What is here stays, and nothing is ever removed."""
    _set_up()
    from polylect_web import glossaries

    with _told(as_json):
        taken, kept = glossaries.take_in(course, file, is_replacing=replace)
    if as_json:
        _print_json({"new": taken.new, "changed": taken.changed, "kept": list(kept)})
        return
    _console().print(f"Glossary: {taken.new} new, {taken.changed} changed, {len(kept)} kept as they are here.")
    if kept:
        _console().print(f"The table says something else in line {', '.join(map(str, kept))}.")


@app.command("pretranslate")
def pretranslate_(
    course: CourseName,
    language: Annotated[str, typer.Argument(metavar="LANGUAGE", help="A tag such as fr or pt-BR.")],
    limit: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=1, help="So many texts at most; the next run goes on.")
    ] = None,
    with_answers: Annotated[
        bool, typer.Option("--with-answers", help="Also texts that give answers away, which the machine then sees.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Have the connected machines suggest a translation for every text that has none."""
    _set_up()
    from polylect_web import pretranslating

    with _told(as_json), _progress(as_json) as progress:
        done = pretranslating.pretranslate(
            course,
            language,
            limit=limit,
            with_answers=with_answers,
            progress=lambda count, total: progress("machine", count, total),
        )
    if as_json:
        _print_json(pretranslating.as_data(done))
    else:
        for sentence in pretranslating.told(done):
            _console().print(escape(sentence))
    raise typer.Exit(int(bool(done.stopped)))


@app.command()
def role(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The username or email of somebody who has signed up.")],
    role: Annotated[str, typer.Argument(metavar="ROLE", help="operator, author, staff, reviewer or translator.")] = "",
    course: Annotated[str, typer.Option(metavar="ORG+CODE", help="In this course; without it, in all.")] = "",
    language: Annotated[str, typer.Option(metavar="TAG", help="For this language; without it, for all.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Take the role away.")] = False,
) -> None:
    """Give somebody a role, take it away, or, without a role, list the roles they have."""
    _set_up()
    from polylect_web import roles

    try:
        person = roles.find(name)
        if role:
            change = roles.take if remove else roles.give
            change(person, role, course=course, language=language)
        lines = roles.told(person)
    except roles.Refused as refusal:
        _console(stderr=True).print(escape(str(refusal)))
        raise typer.Exit(1) from refusal
    for line in lines:
        _console().print(escape(line))


@app.command()
def password(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The username or email of somebody who has signed up.")],
) -> None:
    """Set a new password for somebody who forgot theirs; it is asked for twice, and signs them out everywhere."""
    _set_up()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from polylect_web import roles
    from polylect_web.accounts import actions

    try:
        person = roles.find(name)
        new = typer.prompt("New password", hide_input=True, confirmation_prompt="The same again", err=True)
        validate_password(new, person)
    except (roles.Refused, ValidationError) as refusal:
        sentences = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
        _console(stderr=True).print(escape(" ".join(sentences)))
        raise typer.Exit(1) from refusal
    actions.set_password(person=person, password=new)
    actions.sign_out_everywhere(person=person)
    _console().print(f"{escape(str(person))} has a new password, and is signed out everywhere.")


def _set_up() -> None:
    """Loads the site's settings and models, and brings its database up to date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polylect_web.settings")
    import django
    from django.core.management import call_command

    with _configured():
        django.setup(set_prefix=False)
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def _configured() -> Iterator[None]:
    """Turns a setting that cannot be used into its sentence, and the exit code 1."""
    from django.core.exceptions import ImproperlyConfigured

    try:
        yield
    except ImproperlyConfigured as refusal:
        _console(stderr=True).print(escape(str(refusal)))
        raise typer.Exit(1) from refusal


def _run_key(text: str) -> RunKey | None:
    try:
        return RunKey.parse(text) if text else None
    except ValueError as error:
        raise typer.BadParameter(f"{error}.", param_hint="--run") from error


def _into(as_new_version: bool, separate: bool) -> Any:
    from polylect_web.courses.actions import Into

    if as_new_version and separate:
        raise typer.BadParameter("Say one of --as-new-version and --separate, not both.")
    return Into.NEW_VERSION if as_new_version else Into.SEPARATE if separate else None


@contextmanager
def _told(as_json: bool) -> Iterator[None]:
    """Turns a refusal into its sentence, with the issues behind it, and the exit code 1."""
    from polylect_web.courses.actions import NotPublished

    try:
        yield
    except NotPublished as refusal:
        if as_json:
            _print_json({"refused": str(refusal), "issues": [issue.as_data() for issue in refusal.issues]})
        else:
            _print_issues(refusal.issues)
            _console(stderr=True).print(escape(str(refusal)))
        raise typer.Exit(1) from refusal


@contextmanager
def _progress(as_json: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each stage of publishing, on the terminal only; it is taken away when the work is done."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=as_json or not console.is_terminal) as bars:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                for former in bars.tasks:  # a stage that found some of its work done stops before its end
                    bars.update(former.id, completed=former.total)
                tasks[stage] = bars.add_task(_STAGES[stage], total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show


def _print_imported(imported: "Imported", as_json: bool) -> None:
    version = imported.published.version.number if imported.published else imported.run.version.number
    if as_json:
        taken = {language: {"new": one.new, "known": one.known} for language, one in imported.taken.items()}
        issues = [issue.as_data() for issue in imported.issues]
        _print_json({"run": imported.run.key, "version": version, "translations": taken, "issues": issues})
        return
    _print_issues(imported.issues)
    console = _console()
    if imported.published:
        console.print(f"Published: {escape(imported.run.title)} ({imported.run.key}), version {version}.")
    for language, one in imported.taken.items():
        console.print(f"Translations into {language}: {one.new} new, {one.known} here already.")
    console.print(_summary(imported.issues))


def _title(read: Any) -> str:
    found = read.course or read.library
    return found.title if found else ""


if __name__ == "__main__":
    main()
