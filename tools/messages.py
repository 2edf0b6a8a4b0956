"""The sentences of the interface, and their translations.

    python tools/messages.py extract    finds the sentences and brings the catalogues up to date (needs GNU gettext)
    python tools/messages.py compile    makes what the site reads (needs nothing; setup and `polylect up` do it, too)
    python tools/messages.py missing    lists what each catalogue has not translated, and what is wrong in it

The sentences are those of templates and code, and those of all issues that the library and the site can report.
"""

import argparse
import importlib
import os
import pkgutil
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polib

from polylect.languages import autonym

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "polylect_web"
ISSUES = PACKAGE / "issue_sentences_for_extraction.py"
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=("extract", "compile", "missing"))
    task = parser.parse_args().task
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polylect_web.settings")
    import django

    django.setup()
    return {"extract": extract, "compile": compile_, "missing": missing}[task]()


def extract() -> int:
    """Brings each catalogue up to date; a sentence that is no longer used stays, marked obsolete."""
    from django.conf import settings
    from django.core.management import call_command

    codes = [code for code, _ in settings.LANGUAGES if code != "en"]
    os.chdir(PACKAGE)
    Path("locale").mkdir(exist_ok=True)
    with issue_sentences():
        call_command("makemessages", locale=codes, add_location="file", no_wrap=True, verbosity=0)
    for catalogue in catalogues():
        settle(catalogue)
        print(f"{catalogue.fpath}: {catalogue.percent_translated()} % of {len(sentences(catalogue))} translated")
    return 0


def compile_() -> int:
    """Makes the binary catalogues that are older than their source."""
    from polylect_web.foundation.catalogues import compile_changed

    for made in compile_changed():
        print(made)
    return 0


def missing() -> int:
    """Prints what is not translated, and translations that name other things than their source; 1 if there are any."""
    count = 0
    for catalogue in catalogues():
        for entry in sentences(catalogue):
            for source, target in wordings(entry):
                if not target or entry.fuzzy:
                    print(f"{catalogue.fpath}: not translated: {source}")
                elif names(source) != names(target):
                    print(f"{catalogue.fpath}: {sorted(names(source))} became {sorted(names(target))}: {source}")
                else:
                    continue
                count += 1
    return int(count > 0)


@contextmanager
def issue_sentences() -> Iterator[None]:
    """For a while, a module that names the sentences of all issues, for gettext to find."""
    import polylect
    import polylect_web
    from polylect.issues import declared_kinds

    for package in (polylect, polylect_web):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith(".asgi"):
                importlib.import_module(module.name)
    lines = ["from django.utils.translation import gettext_noop"]
    for kind in declared_kinds():
        lines += [f"# Translators: {kind.code}, told to authors about their files", f"gettext_noop({kind.sentence!r})"]
    ISSUES.write_text("\n".join(lines), "utf-8")
    try:
        yield
    finally:
        ISSUES.unlink()


def catalogues() -> Iterator[polib.POFile]:
    for path in sorted((PACKAGE / "locale").glob("*/LC_MESSAGES/django.po")):
        yield polib.pofile(str(path), wrapwidth=0)


def settle(catalogue: polib.POFile) -> None:
    """A plain header, without what changes from run to run, and without the name of our passing module."""
    language = Path(catalogue.fpath).parts[-3]
    catalogue.header = f"Polylect's interface in {autonym(language)}."
    catalogue.metadata = {
        "Project-Id-Version": "Polylect",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": catalogue.metadata["Plural-Forms"],
    }
    catalogue.metadata_is_fuzzy = []
    for entry in catalogue:
        entry.occurrences = [place for place in entry.occurrences if place[0] != ISSUES.name]
    catalogue.save()


def sentences(catalogue: polib.POFile) -> list[polib.POEntry]:
    return [entry for entry in catalogue if not entry.obsolete]


def wordings(entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    """Pairs of source and translation; of a plural sentence, each form against its plural source."""
    if entry.msgid_plural:
        yield from ((entry.msgid_plural, target) for target in entry.msgstr_plural.values())
    else:
        yield entry.msgid, entry.msgstr


def names(text: str) -> set[str]:
    return {first or second for first, second in _PLACEHOLDER.findall(text)}


if __name__ == "__main__":
    sys.exit(main())
