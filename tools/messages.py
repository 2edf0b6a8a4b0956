"""The sentences of the interface, and their translations.

    python tools/messages.py extract    finds the sentences and brings the catalogues up to date (needs GNU gettext)
    python tools/messages.py compile    makes what the site reads (needs nothing; setup and `polylect up` do it, too)
    python tools/messages.py missing    lists what each catalogue has not translated, and what is wrong in it

The sentences are those of templates and code, and those of all issues that the library and the site can report
and of whatever else the library says (`polylect.sentences`).
"""

import argparse
import importlib
import os
import pkgutil
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import c2py
from pathlib import Path

import polib

from polylect.languages import autonym

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "polylect_web"
ISSUES = PACKAGE / "issue_sentences_for_extraction.py"
_NAMES = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%%|</?[A-Za-z0-9][^<>]*>")


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
            for source, target, stands_for_one_number in wordings(entry, catalogue):
                if not target or entry.fuzzy:
                    print(f"{catalogue.fpath}: not translated: {source}")
                elif not is_same(names(source), names(target), stands_for_one_number):
                    print(f"{catalogue.fpath}: {sorted(names(source))} became {sorted(names(target))}: {source}")
                else:
                    continue
                count += 1
    return int(count > 0)


@contextmanager
def issue_sentences() -> Iterator[None]:
    """For a while, a module that names all sentences of issues and of the library, for gettext to find."""
    import polylect
    import polylect_web
    from polylect.issues import declared_kinds
    from polylect.sentences import declared_kinds as declared_sentences

    for package in (polylect, polylect_web):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith(".asgi"):
                importlib.import_module(module.name)
    lines = ["from django.utils.translation import gettext_noop, pgettext"]
    for kind in declared_kinds():
        lines += [f"# Translators: {kind.code}, told to authors about their files", f"gettext_noop({kind.sentence!r})"]
    for said in declared_sentences():
        text = f"pgettext({said.context!r}, {said.text!r})" if said.context else f"gettext_noop({said.text!r})"
        lines += [f"# Translators: {said.code}{', ' if said.note else ''}{said.note}", text]
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


def wordings(entry: polib.POEntry, catalogue: polib.POFile) -> Iterator[tuple[str, str, bool]]:
    """Source, translation, and whether it is a plural form for one number only; of a plural sentence, for each form."""
    if not entry.msgid_plural:
        yield entry.msgid, entry.msgstr, False
        return
    plural = c2py(re.search("plural=(.*?);", catalogue.metadata["Plural-Forms"])[1])
    numbers = Counter(plural(number) for number in range(1000))
    for form, target in entry.msgstr_plural.items():
        yield entry.msgid_plural, target, numbers[form] == 1


def names(text: str) -> set[str]:
    """The placeholders and tags of a sentence."""
    return {match[0] for match in _NAMES.finditer(text)}


def is_same(source: set[str], target: set[str], stands_for_one_number: bool) -> bool:
    """Whether a translation names what its source does. A form that is said of 2 only may leave out the 2."""
    return target <= source and len(source - target) <= int(stands_for_one_number)


if __name__ == "__main__":
    sys.exit(main())
