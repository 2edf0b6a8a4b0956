"""Captions of a file in the place of those in the editor: first a look at what changes, then they are taken."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from polylect.captions import forms
from polylect.captions.forms import Form
from polylect.captions.track import Cue, Track
from polylect_web.accounts.models import Role
from polylect_web.courses.models import TrackDraft
from polylect_web.translate import track_files
from web.builders import person
from web.translate.builders import signed_in
from web.translate.track_builders import EDITOR, TRACK, author, draft, edited, published, sent, with_film

pytestmark = pytest.mark.django_db
IMPORT = f"{EDITOR}import/"
OTHER = Track(
    (*TRACK.cues[:2], Cue(4100, 6000, "It was late."), Cue(6000, 8000, "Nobody said a word."), Cue(8000, 9000, "Then."))
)
SRT = forms.write(OTHER, Form.SRT)


def looked_at(client: Client, content: bytes, name: str = "film.srt", encoding: str = "") -> str:
    data = {"file": SimpleUploadedFile(name, content), "encoding": encoding}
    return client.post(IMPORT, data).content.decode()


def taken(client: Client, html: str) -> int:
    packed, seen = (re.search(rf'name="{name}" value="([^"]*)"', html) for name in ("track", "seen"))
    assert packed
    assert seen
    return client.post(IMPORT, {"track": packed[1], "seen": seen[1]}).status_code


def test_a_file_is_looked_at_first_and_then_taken() -> None:
    with_film()
    client = author()
    html = looked_at(client, SRT.encode())
    for said in ("SRT · 5 cues", "2 cues stay as they are", "1 cue gets other times", "another text", "is new"):
        assert said in html
    assert "<del>" in html
    assert not TrackDraft.objects.exists()
    assert taken(client, html) == 302
    assert edited() == [cue.text for cue in OTHER.cues]
    assert published() == [cue.text for cue in TRACK.cues]
    sent(client, "undo")
    assert edited() == [cue.text for cue in TRACK.cues]


@pytest.mark.parametrize("form", [Form.WEBVTT, Form.SRT, Form.SJSON])
def test_every_form_is_taken(form: Form) -> None:
    with_film()
    client = author()
    assert taken(client, looked_at(client, forms.write(OTHER, form).encode(), f"film.{form.value}")) == 302
    assert edited() == [cue.text for cue in OTHER.cues]


def test_a_bundle_that_left_here_comes_back() -> None:
    with_film()
    client = author()
    bundle = client.get(f"{EDITOR}file/?as=bundle").content
    assert "There is nothing new in it." in looked_at(client, bundle, "film.json") or b"subtitle-" in bundle
    changed = bundle.replace(b"Nobody spoke.", b"Nobody said a word.")
    assert taken(client, looked_at(client, changed, "film.json")) == 302
    assert edited()[3] == "Nobody said a word."


MARKED = Track(
    (
        Cue(0, 2000, "<v Ann>We met on</v>\nan old train.", "first", "line:0"),
        Cue(2000, 4000, "It was <i>late</i>.", leading=("NOTE late",)),
        Cue(4000, 6000, "Nobody spoke."),
    ),
    header="\nLanguage: en",
)


@pytest.mark.parametrize("form", ["vtt", "srt", "sjson", "bundle"])
def test_what_left_here_comes_back_as_it_was_in_every_form(form: str) -> None:
    with_film(MARKED)
    client = author()
    content = client.get(f"{EDITOR}file/?as={form}").content
    name = "film.json" if form == "bundle" else f"film.{form}"
    assert "There is nothing new in it." in looked_at(client, content, name)
    html = looked_at(client, content.replace(b"Nobody spoke.", b"Nobody said a word."), name)
    assert "2 cues stay as they are" in html
    assert taken(client, html) == 302
    known = draft()
    assert known is not None
    assert known.track == replace(MARKED, cues=(*MARKED.cues[:2], known.track.cues[2]))
    assert known.track.cues[2].text == "Nobody said a word."


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-16", "utf-8"])
def test_the_encoding_can_be_named(encoding: str) -> None:
    with_film()
    client = author()
    text = "1\n00:00:01,000 --> 00:00:02,000\nДобрый день\n"
    html = looked_at(client, text.encode(encoding), encoding=encoding)
    assert taken(client, html) == 302
    assert edited() == ["Добрый день"]


def test_the_same_captions_bring_nothing_new() -> None:
    with_film()
    html = looked_at(author(), forms.write(TRACK, Form.WEBVTT).encode(), "film.vtt")
    assert "There is nothing new in it." in html
    assert 'name="track"' not in html


@pytest.mark.parametrize("content", [b"", b"This is no caption file.", bytes(range(256))])
def test_a_file_without_captions_says_so_and_removes_nothing(content: bytes) -> None:
    with_film()
    html = looked_at(author(), content)
    assert "There are no captions in it." in html
    assert "What is wrong" in html
    assert "removed" not in html
    assert "<del>" not in html


def test_what_is_wrong_in_a_file_is_told_with_its_line() -> None:
    with_film()
    html = looked_at(author(), b"WEBVTT\n\n00:01.000 --> oops\nHello\n", "film.vtt")
    assert "Line 3:" in html
    assert "There are no captions in it." in html


def test_what_is_no_caption_file_is_told() -> None:
    with_film()
    assert "is no caption file" in looked_at(author(), b"\x00\x01\x02", "film.mp4")


def test_no_file_and_one_that_is_too_large_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with_film()
    client = author()
    assert client.post(IMPORT).status_code == 302
    assert "Choose a file first." in client.get(EDITOR).content.decode()
    monkeypatch.setattr(track_files, "MOST_BYTES", 10)
    assert client.post(IMPORT, {"file": SimpleUploadedFile("a.srt", SRT.encode())}).status_code == 302
    assert "This file is larger than" in client.get(EDITOR).content.decode()


@pytest.mark.parametrize("packed", ["", "x", "é", "eJxLTEoGAAJNASc="])
def test_what_did_not_arrive_whole_is_refused(packed: str) -> None:
    with_film()
    client = author()
    client.post(IMPORT, {"track": packed, "seen": 0})
    assert "The file did not arrive whole." in client.get(EDITOR).content.decode()
    assert not TrackDraft.objects.exists()


def test_a_track_that_somebody_made_up_is_refused() -> None:
    for cue in (Cue("soon", 2, "a"), Cue(1, 2, 3), Cue(1, 2, "a", leading=(4,)), Cue(-1, 2, "a"), "cue"):
        assert track_files.unpack(track_files.pack(Track((cue,)))) is None  # type: ignore[arg-type]


def test_a_file_that_was_looked_at_before_something_else_was_done_is_not_taken() -> None:
    with_film()
    client = author()
    html = looked_at(client, SRT.encode())
    sent(client, "merge", cue=2)
    taken(client, html)
    assert "You changed these captions meanwhile." in client.get(EDITOR).content.decode()
    assert len(edited()) == 3


def test_it_is_for_authors() -> None:
    with_film()
    guest = Client()
    guest.force_login(person(None))
    for client in (Client(), guest):
        assert client.post(IMPORT).headers["Location"].startswith("/en/sign-in/")
    for role in (None, Role.TRANSLATOR, Role.STAFF):
        assert signed_in("amina", role).post(IMPORT).status_code == 403
    client = author()
    assert client.get(IMPORT).status_code == 405
    assert client.post(IMPORT.replace("film", "nothing")).status_code == 404
