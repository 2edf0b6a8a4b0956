"""Apertium, a program beside us: what its Debian packages installed, such as `apertium-eng-spa`.

It is run as any program is, with a time limit and without a shell of ours, and reads HTML (`-f html`). With Debian's
`transfuse` tags travel with their words; without it they stay where they were, so that emphasis and links end up on
words that the author did not mean. So we ask for both. A mode is named by the codes of two languages, `eng-spa` or
`en-es`, with a variant behind an underscore. (apertium(1), version 3.8)
"""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from polylect import languages
from polylect_web.foundation.network import READ_SECONDS
from polylect_web.machine.paragraphs import translated
from polylect_web.machine.provider import Codes, Pairs, Unavailable, portions

_MODE = re.compile(r"(?P<source>[a-z]{2,3}(?:_\w+)?)-(?P<target>[a-z]{2,3}(?:_\w+)?)")


@dataclass(frozen=True)
class Apertium:
    """The installed Apertium."""

    name: str = "Apertium"
    is_here: bool = True

    def pairs(self) -> Pairs:
        """The modes that are installed; of two for the same languages the first."""
        pairs: dict[tuple[str, str], Codes] = {}
        for line in _run(["-l"], "", READ_SECONDS).splitlines():
            mode = _MODE.fullmatch(line.strip())
            source, target = (
                (languages.canonical(mode[side]) for side in ("source", "target")) if mode else (None, None)
            )
            if mode and source and target:
                pairs.setdefault((source, target), Codes(mode["source"], mode["target"]))
        return pairs

    def translate(self, texts: Sequence[str], codes: Codes, *, seconds: float = READ_SECONDS) -> list[str]:
        options = ["-u", "-f", "html", f"{codes.source}-{codes.target}"]
        return [
            text
            for portion in portions(texts)
            for text in translated(portion, lambda html: _run(options, html, seconds))
        ]


def _run(options: Sequence[str], given: str, seconds: float) -> str:
    """What the program says, given this. Raises Unavailable."""
    program = shutil.which("apertium")
    if program is None or shutil.which("tf-extract") is None:
        raise Unavailable(
            gettext("Apertium or its helper transfuse is not installed here. Tell whoever runs this site.")
        )
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "APERTIUM_TRANSFUSE": "yes"}
    with subprocess.Popen(  # noqa: S603 - the program that the operator named; modes are those that it listed itself
        [program, *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,  # it starts a row of programs, which end together
    ) as process:
        try:
            said, _ = process.communicate(given.encode(), seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise Unavailable(gettext("Apertium took too long. Try again with a shorter text.")) from None
    if process.returncode:
        raise Unavailable(gettext("Apertium stopped with an error. Tell whoever runs this site."))
    return said.decode(errors="replace")
