"""Every view of the site, and whom it refuses. A view that is not in the table fails the first test."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django.fixtures import Settings

from polylect_web.accounts.models import FailedSignIn, Person, PersonRole
from polylect_web.courses.models import TrackDraft, Version
from polylect_web.glossary.models import Term, TermForm
from polylect_web.grading.models import Enrolment, Submission
from polylect_web.practice.models import Case, CaseShare
from polylect_web.texts.models import LanguageChoice, Remark, Review, Target
from web.security.world import (
    ACCOUNTS,
    CASE,
    COURSE,
    LEARNERS,
    OPEN,
    PASSWORD,
    SAID,
    STAFF,
    STONE,
    TERM,
    Visitors,
    build,
    keep_a_case,
    keep_a_term,
    name_a_translator,
)

pytestmark = pytest.mark.django_db

EVERYBODY = LEARNERS + STAFF
LOOK, SEND = ("GET", "HEAD"), ("POST",)
UNIT = f"/en/courses/{OPEN}/start/"
CASE_PAGE = f"/en/partnerships/{CASE}/"
OWNER = ("learner",)
GLOSSARY = "/en/translate/fr/glossary/"
FILES = f"/en/translate/fr/files/{OPEN}/"
LESSON = f"/en/translate/fr/{OPEN}/start/"
STONE_PAGE = f"{LESSON}{STONE}/"
CHOICE = f"/en/translate/fr/choice/{OPEN}/"
TRACKS = f"/en/translate/captions/{OPEN}/"
TRACK = f"{TRACKS}film/en/"
IMPROVE = f"/fr/translate/improve/{OPEN}/start/"
TRANSLATORS, AUTHORS = ("translator", "operator"), ("operator",)


@pytest.fixture(autouse=True)
def _machine_that_nobody_runs(settings: Settings) -> None:
    """One is connected, or no view would ask it."""
    settings.MACHINES, settings.MACHINE_KEY = (("libretranslate", "http://127.0.0.1:9"),), ""


@dataclass(frozen=True)
class View:
    """One view: where it is, what may be done with it, and by whom. Others get this status."""

    address: str
    methods: tuple[str, ...]
    open_to: tuple[str, ...] = EVERYBODY
    others_get: int = 404
    strangers_get: int = 0
    """What those get who are signed in and not concerned, where it is something else."""
    is_personal: bool = True
    """It shows something of its visitor, so nobody between may keep it."""


VIEWS = {
    "root": View("/", LOOK, is_personal=False),
    "healthz": View("/healthz", LOOK, is_personal=False),
    "home": View("/en/", LOOK),
    "privacy": View("/en/privacy/", LOOK),
    "gallery": View("/en/gallery/", LOOK),
    "sign_up": View("/en/sign-up/", LOOK + SEND),
    "sign_in": View("/en/sign-in/", LOOK + SEND),
    "sign_out": View("/en/sign-out/", SEND),
    "account": View("/en/account/", LOOK + SEND, ACCOUNTS, others_get=302),
    "change_password": View("/en/account/password/", LOOK + SEND, ACCOUNTS, others_get=302),
    "data": View("/en/account/data/", LOOK),
    "download_data": View("/en/account/data/download/", LOOK),
    "delete_account": View("/en/account/delete/", LOOK + SEND, ("guest", *ACCOUNTS), others_get=302),
    "sign_out_everywhere": View("/en/account/sign-out-everywhere/", SEND),
    "partnership": View("/en/partnership/", LOOK + SEND),
    "case_file": View("/en/partnership/file/", SEND),
    "keep": View("/en/partnership/keep/", SEND, ACCOUNTS, others_get=403),
    "partnerships": View("/en/partnerships/", LOOK, ACCOUNTS, others_get=302),
    "reminders": View("/en/partnerships/reminders/", LOOK, ACCOUNTS, others_get=302),
    "partnerships_table": View("/en/partnerships/table/", LOOK, ACCOUNTS, others_get=302),
    "import_partnerships": View("/en/partnerships/import/", LOOK + SEND, ACCOUNTS, others_get=302),
    "new_case": View("/en/partnerships/new/", LOOK + SEND, ACCOUNTS, others_get=302),
    "case": View(CASE_PAGE, LOOK, OWNER, others_get=302, strangers_get=404),
    "edit_case": View(f"{CASE_PAGE}edit/", LOOK + SEND, OWNER, others_get=302, strangers_get=404),
    "delete_case": View(f"{CASE_PAGE}delete/", LOOK + SEND, OWNER, others_get=302, strangers_get=404),
    "share_case": View(f"{CASE_PAGE}share/", SEND, OWNER, others_get=302, strangers_get=404),
    "unshare_case": View(f"{CASE_PAGE}unshare/", SEND, OWNER, others_get=302, strangers_get=404),
    "glossary": View(f"{GLOSSARY}", LOOK),
    "glossary_table": View(f"{GLOSSARY}table/?course=site", LOOK),
    "import_glossary": View(f"{GLOSSARY}import/", LOOK + SEND, TRANSLATORS, others_get=302, strangers_get=403),
    "new_term": View(f"{GLOSSARY}new/", LOOK + SEND, AUTHORS, others_get=302, strangers_get=403),
    "term": View(f"{GLOSSARY}{TERM}/", LOOK),
    "set_forms": View(f"{GLOSSARY}{TERM}/forms/", SEND, TRANSLATORS, others_get=302, strangers_get=403),
    "edit_term": View(f"{GLOSSARY}{TERM}/edit/", LOOK + SEND, AUTHORS, others_get=302, strangers_get=403),
    "remove_term": View(f"{GLOSSARY}{TERM}/remove/", LOOK + SEND, AUTHORS, others_get=302, strangers_get=403),
    "translation_files": View(FILES, LOOK, ACCOUNTS, others_get=302),
    "download_translations": View(f"{FILES}download/", LOOK, ACCOUNTS, others_get=302),
    "upload_translations": View(f"{FILES}upload/", SEND, ACCOUNTS, others_get=302),
    "memory": View("/en/translate/fr/memory/", LOOK, ACCOUNTS, others_get=302),
    "translate": View("/en/translate/", LOOK),
    "translation_matrix": View(f"/en/translate/{OPEN}/", LOOK),
    "translation_course": View(f"/en/translate/fr/{OPEN}/", LOOK),
    "translation_lesson": View(LESSON, LOOK),
    "translation_news": View(f"{LESSON}news/?since=0", LOOK),
    "translation_line": View(STONE_PAGE, LOOK + SEND),  # visitors who are nobody look, and are led to signing in
    "check_translation": View(f"{STONE_PAGE}check/", SEND),
    "ask_machine": View(f"{STONE_PAGE}machine/", SEND),
    "remark_on_translation": View(f"{STONE_PAGE}remark/", SEND),
    "regroup_sentences": View(f"{LESSON}{SAID}/sentences/", SEND, AUTHORS, others_get=302, strangers_get=403),
    "sentence_wishes": View(
        f"/en/translate/sentences/{OPEN}/", LOOK + SEND, AUTHORS, others_get=302, strangers_get=403
    ),
    "review": View("/en/translate/fr/review/", LOOK + SEND, AUTHORS, others_get=302, strangers_get=403),
    "language_choice": View(CHOICE, LOOK + SEND, AUTHORS, others_get=302, strangers_get=403),
    "name_translator": View(f"{CHOICE}name/", SEND, AUTHORS, others_get=302, strangers_get=403),
    "end_role": View(f"{CHOICE}end/", SEND, AUTHORS, others_get=302, strangers_get=403),
    "changed_texts": View(f"/en/translate/changes/{OPEN}/", LOOK + SEND, AUTHORS, others_get=302, strangers_get=403),
    "caption_tracks": View(TRACKS, LOOK, AUTHORS, others_get=302, strangers_get=403),
    "caption_track": View(TRACK, LOOK + SEND, AUTHORS, others_get=302, strangers_get=403),
    "caption_file": View(f"{TRACK}file/", LOOK, AUTHORS, others_get=302, strangers_get=403),
    "import_captions": View(f"{TRACK}import/", SEND, AUTHORS, others_get=302, strangers_get=403),
    "improvable_texts": View(f"{IMPROVE}", LOOK),
    "improve_text": View(f"{IMPROVE}{STONE}/", SEND),
    "catalogue": View("/en/courses/", LOOK),
    "about": View(f"/en/courses/{OPEN}/", LOOK),
    "unit": View(UNIT, LOOK),
    "progress": View(f"/en/progress/{OPEN}/", LOOK),
    "unplaced": View(f"/en/unplaced/{OPEN}/", LOOK, STAFF),
    "answer": View(f"{UNIT}answer/ask/", SEND),
    "transcript": View(f"{UNIT}transcript/film/", LOOK),
    "captions": View(f"{UNIT}captions/film/en.vtt", LOOK),
}
FORMS = {
    "sign_up": {"username": "someone", "password": PASSWORD},
    "sign_in": {"username": "member", "password": PASSWORD},
    "account": {"name": "Changed", "email": ""},
    "change_password": {"current": PASSWORD, "password": "eight calm bridges"},
    "delete_account": {"current": PASSWORD, "password": PASSWORD},
    "answer": {"q1": "c1"},
    "new_case": {"title": "A choir", "stage": "idea"},
    "edit_case": {"title": "A choir", "stage": "idea", "revision": "1"},
    "share_case": {"username": "member"},
    "import_glossary": {"course": str(COURSE)},
    "new_term": {"course": str(COURSE), "text": "arch", "language": "en"},
    "set_forms": {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "form-0-text": "pont",
        "form-0-standing": "allowed",
    }
    | {"revision": "0"},
    "translation_line": {"text": "Pierre.", "source": "Stone.", "act": "save"},
    "check_translation": {"text": "Pierre."},
    "remark_on_translation": {"remark": "Which stone?"},
    "regroup_sentences": {"source": "Stone is said.", "act": "part", "place": "6"},
    "improve_text": {"text": "Pierre.", "source": "Stone."},
    "edit_term": {"text": "arch", "language": "en", "revision": "0"},
    "review": {"act": "approve"},
    "language_choice": {"who": "team", "shown": "approved"},
    "name_translator": {"username": "member", "role": "reviewer"},
    "end_role": {"username": "member", "role": "translator"},
    "changed_texts": {"act": "cosmetic"},
    "sentence_wishes": {"act": "leave:1"},
    "caption_track": {"seen": "0", "act": "insert"},
}
UPLOADS = {
    "import_partnerships": b"title\nA choir\n",
    "import_glossary": b"term,language,form\nbridge,fr,pont\n",
    "upload_translations": b"source,target\nBridges,Ponts\n",
    "import_captions": b"1\n00:00:01,000 --> 00:00:02,000\nStone.\n",
}
KEPT = (
    *(Person, PersonRole, Enrolment, Submission, FailedSignIn, Case, CaseShare, Term, TermForm),
    *(Target, Remark, Review, LanguageChoice, TrackDraft, Version),
)
ALL_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        yield from patterns(pattern) if isinstance(pattern, URLResolver) else [pattern]


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in KEPT)


def send(client: Client, method: str, name: str) -> int:
    address = VIEWS[name].address
    response = client.post(address, form(name)) if method == "POST" else client.generic(method, address)
    close(response)
    return response.status_code


def form(name: str) -> dict[str, object]:
    """What is filled in, with the file that is chosen."""
    files = {"file": SimpleUploadedFile("a.csv", UPLOADS[name])} if name in UPLOADS else {}
    return FORMS.get(name, {}) | files


def close(response: HttpResponseBase) -> None:
    """Closes the files that a response sends. The connection to the database stays, which belongs to the test."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


def test_every_view_has_its_policy() -> None:
    named = {pattern.name for pattern in patterns(get_resolver())}
    assert named == set(VIEWS)


def test_no_view_is_excused_from_tokens() -> None:
    assert not [pattern.name for pattern in patterns(get_resolver()) if getattr(pattern.callback, "csrf_exempt", False)]


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_opens_to_whom_it_must_and_to_nobody_else(name: str) -> None:
    build()
    view = VIEWS[name]
    for who in EVERYBODY:
        Person.objects.filter(username="someone").delete()  # whom the last one signed up
        keep_a_case()
        keep_a_term()
        name_a_translator()
        client = getattr(Visitors(), who)()
        before = rows()
        for method in view.methods:
            status = send(client, method, name)
            if who in view.open_to:
                assert status in (200, 302), (who, method, status)
            else:
                refusal = view.strangers_get if view.strangers_get and who in ACCOUNTS else view.others_get
                assert (status, rows()) == (refusal, before), (who, method)


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_takes_no_other_method_than_its_own(name: str) -> None:
    build()
    client = Visitors().operator()
    before = rows()
    for method in ALL_METHODS:
        if method not in VIEWS[name].methods:
            assert send(client, method, name) == 405, method
    assert rows() == before


@pytest.mark.parametrize("name", [name for name, view in VIEWS.items() if "POST" in view.methods])
def test_a_form_from_elsewhere_changes_nothing(name: str) -> None:
    build()
    for who in ("nobody", "guest", "learner", "operator"):
        client = getattr(Visitors(csrf=True), who)()
        before, may_see_account = rows(), client.get("/en/account/").status_code
        for headers in ({}, {"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_X_CSRFTOKEN": "x" * 64}):
            assert client.post(VIEWS[name].address, form(name), **headers).status_code == 403, who
        assert rows() == before, who
        assert client.get("/en/account/").status_code == may_see_account, who
        assert not Person.objects.filter(name="Changed").exists(), who


@pytest.mark.parametrize("name", [name for name, view in VIEWS.items() if "GET" in view.methods])
def test_nobody_between_may_keep_what_is_somebodys_own(name: str) -> None:
    build()
    for who in ("nobody", "guest", "learner"):
        response = getattr(Visitors(), who)().get(VIEWS[name].address)
        close(response)
        control = response.headers.get("Cache-Control", "")
        if VIEWS[name].is_personal:
            assert "private" in control, who
            assert "public" not in control, who
        if who == "nobody":
            assert "session" not in response.cookies, "looking makes nobody a guest"
