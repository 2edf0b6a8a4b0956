"""Captions out of the editor as files: in four forms, as they are edited or as learners see them."""

import json

import pytest
from django.test import Client

from polylect.captions import forms
from polylect_web.accounts.models import Role
from web.translate.builders import signed_in
from web.translate.track_builders import EDITOR, TRACK, author, sent, with_film

pytestmark = pytest.mark.django_db
FILE = f"{EDITOR}file/"


@pytest.mark.parametrize(
    ("word", "name", "media_type"),
    [
        ("vtt", "film.en.vtt", "text/vtt"),
        ("srt", "film.en.srt", "application/x-subrip"),
        ("sjson", "film.en.sjson", "application/json"),
        ("", "film.en.vtt", "text/vtt"),
    ],
)
def test_it_is_saved_in_each_form_and_reads_the_same(word: str, name: str, media_type: str) -> None:
    with_film()
    answer = author().get(FILE, {"as": word})
    assert answer.headers["Content-Type"].startswith(media_type)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    read = forms.read(answer.content, name)
    said = [(cue.start_ms, cue.end_ms, cue.text) for cue in read.track.cues]
    assert said == [(cue.start_ms, cue.end_ms, cue.text) for cue in TRACK.cues]


def test_a_bundle_has_the_keys_that_the_wiki_knows() -> None:
    with_film()
    bundle = json.loads(author().get(FILE, {"as": "bundle"}).content)
    assert bundle["subtitle-4000-6000-3"] == "It was late."
    assert bundle["@metadata"]["sourceLanguage"] == "en"


def test_what_a_webvtt_file_said_beside_its_cues_stays_in_it() -> None:
    text = "WEBVTT - a film\n\nNOTE first\n\nintro\n00:01.000 --> 00:02.000 line:0\n<v Ann>Good day.</v>\n"
    with_film(forms.read(text.encode(), "film.vtt").track)
    client = author()
    assert client.get(FILE).content.decode() == text
    sent(client, "keep", {"text-0": "Good morning."})
    assert client.get(FILE).content.decode() == text.replace("Good day.", "Good morning.")


def test_it_is_the_draft_unless_what_learners_see_is_asked_for() -> None:
    with_film()
    client = author()
    sent(client, "merge", cue=2)
    assert b"It was late. Nobody spoke." in client.get(FILE).content
    assert b"It was late. Nobody spoke." not in client.get(FILE, {"of": "published"}).content
    assert b"It was late. Nobody spoke." not in author("other").get(FILE).content


def test_it_is_for_authors() -> None:
    with_film()
    assert Client().get(FILE).status_code == 302
    for role in (None, Role.TRANSLATOR, Role.STAFF):
        assert signed_in("amina", role).get(FILE).status_code == 403
    client = author()
    assert client.get(FILE.replace("film", "nothing")).status_code == 404
    assert client.post(FILE).status_code == 405
