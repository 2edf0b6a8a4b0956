"""Translations out of the site as files, and in again: the page of a course's files in a language."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from polylect.issues import has_errors
from polylect.keys import RunKey
from polylect.messages import exchange as forms
from polylect.messages.rows import Row
from polylect_web.accounts.context import account_of
from polylect_web.accounts.leading import to_sign_in
from polylect_web.accounts.models import Person
from polylect_web.texts import exchange
from polylect_web.translate import files_page
from polylect_web.translate.desk import Desk, open_desk

View = Callable[[HttpRequest, Person, Desk], HttpResponseBase]


def at_desk(view: View) -> Callable[[HttpRequest, str, str, RunKey], HttpResponseBase]:
    """Hands the view whoever is signed in, and the course as they may work on it. Others are led to signing in, and
    back to the page of files."""

    @wraps(view)
    def led(request: HttpRequest, language: str, target: str, run_key: RunKey) -> HttpResponseBase:
        desk = open_desk(request, language, target, run_key)
        person = account_of(request)
        if person is not None:
            return view(request, person, desk)
        return to_sign_in(request, desk.address("translation_files"))

    return led


@never_cache
@require_safe
@at_desk
def translation_files(request: HttpRequest, person: Person, desk: Desk) -> HttpResponse:
    """Where files are saved from and taken in."""
    return _files_page(request, desk, ())


@never_cache
@require_safe
@at_desk
def download_translations(request: HttpRequest, person: Person, desk: Desk) -> HttpResponseBase:
    """The texts of the course as a file, in the form, of the states and of the lesson that were asked for. It is sent
    while it is read."""
    code = request.GET.get("lesson", "")
    form = files_page.form_of(request.GET.get("as", ""))
    head = exchange.head_of(desk.version, desk.target)
    rows = exchange.rows(
        desk.version,
        desk.target,
        may_see_answers=desk.rights.may_see_answers,
        states=files_page.states_of(request.GET.get("only", "")),
        some=[desk.find_lesson(code)] if code else desk.lessons,
    )
    response = StreamingHttpResponse(files_page.pieces(form, head, rows), content_type=form.media_type)
    response["Content-Disposition"] = content_disposition_header(True, forms.name_of(head, form)) or "attachment"
    return response


@never_cache
@sensitive_post_parameters()
@require_POST
@at_desk
def upload_translations(request: HttpRequest, person: Person, desk: Desk) -> HttpResponse:
    """First says what would become of a file; pressed again, takes it in."""
    if "rows" in request.POST:
        rows = files_page.unpack(request.POST["rows"])
        if rows is None:
            return _files_page(request, desk, (_("The file did not arrive whole. Choose it once more."),))
        return _take_in(request, person, desk, rows)
    content, name = _content(request)
    if content is None or len(content) > files_page.MOST_BYTES:
        return _files_page(request, desk, (files_page.refusal(content),))
    read = forms.read(content, name)
    if not forms.is_for(read.head.language, desk.target):
        return _files_page(request, desk, (files_page.other_language(read.head.language, desk.target),))
    if has_errors(read.issues) and not read.rows:
        return _files_page(request, desk, files_page.told(read.issues)[: files_page.MOST_SHOWN])
    merge = _merge(desk, read.rows, name)
    looked = files_page.looked(desk, name, merge, read.issues)
    return render(request, "translate/look_at_file.html", _page(desk) | {"looked": looked})


def _take_in(request: HttpRequest, person: Person, desk: Desk, rows: tuple[Row, ...]) -> HttpResponse:
    merge = _merge(desk, rows, "")
    late = exchange.take_in(merge, by=person, may_translate=desk.rights.may_translate)
    new = [one for one in merge.merged if one.translation is not None]
    suggested = sum(one.is_suggestion or not desk.rights.may_translate for one in new) + late
    said = _("The file is taken in. Translations: {taken}. Suggestions: {suggested}.")
    said = said.replace("{taken}", str(len(new) - suggested)).replace("{suggested}", str(suggested))
    messages.success(request, said)
    return redirect(desk.address("translation_files"))


def _merge(desk: Desk, rows: tuple[Row, ...], name: str) -> exchange.Merge:
    return exchange.merge(
        desk.version, desk.target, rows, file=name, may_see_answers=desk.rights.may_see_answers, some=desk.lessons
    )


def _content(request: HttpRequest) -> tuple[bytes | None, str]:
    """What is in the file that was chosen, one byte more than there may be of one that is too large; and its name."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return None, ""
    return bytes(file.read(files_page.MOST_BYTES + 1)), str(file.name)


def _files_page(request: HttpRequest, desk: Desk, wrong: tuple[str, ...] | list[str]) -> HttpResponse:
    choices = {"forms": files_page.form_choices(), "states": files_page.state_choices(), "wrong": wrong}
    page = _page(desk) | choices | {"megabytes": files_page.MOST_BYTES // 10**6}
    return render(request, "translate/translation_files.html", page, status=400 if wrong else 200)


def _page(desk: Desk) -> dict[str, object]:
    return {
        "desk": desk,
        "title": desk.outline.course.title,
        "address": desk.address("translation_files"),
        "page_address": desk.address("translation_files"),
        "upload": desk.address("upload_translations"),
        "download": desk.address("download_translations"),
    }
