"""The real Apertium, with the pair English and Spanish. Debian's packages: apertium, transfuse, apertium-eng-spa."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from polylect.issues import has_errors
from polylect.messages import check
from polylect_web.machine import queries
from polylect_web.machine.apertium import Apertium
from polylect_web.machine.provider import Codes, Unavailable

ENG_SPA = Codes("eng", "spa")


def _has_pair() -> bool:
    program = shutil.which("apertium") if shutil.which("tf-extract") else None
    return program is not None and "eng-spa" in subprocess.run([program, "-l"], capture_output=True, text=True).stdout


installed = pytest.mark.skipif(
    not _has_pair(),
    reason="needs Debian's packages apertium, transfuse and apertium-eng-spa",
)


@installed
def test_its_modes_are_pairs_of_languages() -> None:
    pairs = Apertium().pairs()
    assert pairs["en", "es"] == ENG_SPA
    assert pairs["es", "en"] == Codes("spa", "eng")
    assert pairs["es", "en-US"] == Codes("spa", "eng_US")


@installed
def test_tags_travel_with_their_words() -> None:
    texts = [
        'A very <b id="1">red</b> <b id="2">house</b>',
        'The value of <b id="7">X7</b> is <b id="8">X8</b>.',
        "A tree",
    ]
    assert Apertium().translate(texts, ENG_SPA) == [
        'Una <b id="2">casa</b> muy <b id="1">roja</b>',
        'El valor de <b id="7">X7</b> es <b id="8">X8</b>.',
        "Un árbol",
    ]


@installed
@pytest.mark.parametrize(
    "text",
    [
        "Click <1>Save</1> to keep <a2>your work</a2>: <math3/> of it is in <code4/>.",
        "<1>Two people</1> who do not know <a2>each <3>other</3></a2>, see <img4/> and $x.",
        "A very <1>red</1> <2>house</2><3/>that is big, at https://example.org/?a=1&b=2.",
        "[brackets] {braces} ^carets$ / slashes \\ and @signs * # + ~ — “quotes” don’t matter",
        "If a < b & c > d then <var1/>",
        "one line\n\nanother <field1/> line",
        "Type \\<1> and <1>go</1>",
        "你好 world, مرحبا, ☃ 🎉",
    ],
)
def test_what_it_suggests_has_no_error(text: str, connect: Callable[..., None]) -> None:
    connect(("apertium", ""))
    suggestion = queries.suggest("en", "es", text)
    assert suggestion is not None
    assert suggestion.by == "Apertium"
    assert suggestion.text != text
    assert not has_errors(check(text, suggestion.text))


@installed
def test_many_texts_come_back_in_order() -> None:
    texts = [f"The house number {number}" for number in range(100)]
    assert Apertium().translate(texts, ENG_SPA) == [f"El número de casa {number}" for number in range(100)]


@installed
def test_a_mode_that_is_not_installed_is_told() -> None:
    with pytest.raises(Unavailable, match="Apertium stopped with an error"):
        Apertium().translate(["house"], Codes("eng", "xxx"))


@installed
def test_it_may_not_take_longer_than_asked() -> None:
    with pytest.raises(Unavailable, match="took too long"):
        Apertium().translate(["The red house"], ENG_SPA, seconds=0.001)


def test_where_it_is_not_installed_a_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, connect: Callable[..., None]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    connect(("apertium", ""))
    assert not queries.is_connected("en", "es")
    with pytest.raises(Unavailable, match="is not installed here"):
        queries.suggest("en", "es", "house")


def test_programs_that_it_started_end_with_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program, said = tmp_path / "apertium", tmp_path / "pid"
    program.write_text(f"#!/bin/sh\nsleep 100 &\necho $! >{said}\nwait\n")
    program.chmod(0o755)
    (tmp_path / "tf-extract").symlink_to(program)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(Unavailable, match="took too long"):
        Apertium().translate(["house"], ENG_SPA, seconds=1)
    state = Path(f"/proc/{said.read_text().strip()}/stat")
    while state.exists() and state.read_text().split()[2] not in "ZX":
        time.sleep(0.01)  # it was killed, and takes a moment to go; for one that stays, the test would not end
