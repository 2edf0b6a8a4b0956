"""The caption editor of authors: the videos of a course, a track with its cues, files out of it and into it.

Each button posts the whole form: what was typed is kept first, then what the button says is done. Without scripts the
page is loaded anew; a script asks for the parts that changed.
"""

from dataclasses import replace
from http import HTTPStatus

from django.contrib import messages as notices
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polylect.captions import plain
from polylect.captions.editing import Refused
from polylect.keys import RunKey
from polylect_web.accounts.leading import for_account
from polylect_web.accounts.models import Person
from polylect_web.courses import drafts
from polylect_web.courses import queries as courses
from polylect_web.foundation.issues import sentence
from polylect_web.foundation.numbers import whole_number
from polylect_web.texts.tracks import Outcome, publish_track
from polylect_web.translate import track_acts, track_files, track_page
from polylect_web.translate.track_page import Bench, Late, Panel, Search, Typed
from polylect_web.translate.views import FRAGMENT, is_for_script

_LIGHT = frozenset({"keep", "hand", "start", "end", "start-here", "end-here", "shift", "tap", "find"})
"""Acts after which the page has the same cues: a script is sent what is said of them, not their fields."""


@never_cache
@require_safe
@for_account()
def caption_tracks(request: HttpRequest, person: Person, language: str, run_key: RunKey) -> HttpResponse:
    """The videos of a course, with the captions that can be edited."""
    run = track_page.find_run(request, person, run_key)
    course = courses.outline(run.version).course
    videos = track_page.video_links(person, run, run_key, language)
    context = {
        "videos": videos,
        "course": run.course,
        "key": run_key,
        "title": course.title,
        "own_language": course.language,
    }
    return render(request, "translate/track_list.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@for_account()
def caption_track(
    request: HttpRequest, person: Person, language: str, run_key: RunKey, block_code: str, track_language: str
) -> HttpResponse:
    """A track with some of its cues; posted, what was typed and what a button does."""
    bench = track_page.open_bench(request, person, language, run_key, block_code, track_language)
    if request.method != "POST":
        return _page(request, track_page.panel(bench, _cue(request.GET.get("cue", "")) - 1))
    cue = _cue(request.POST.get("cue", ""))
    act = request.POST.get("act", "")
    fields = track_acts.typed(request.POST.dict())
    if act == "throw-away":
        if bench.clash:  # what was begun on captions that are no longer shown ends here
            drafts.throw_away(bench.of)
        else:
            drafts.change(bench.of, bench.track, bench.published.track, act, revision=bench.revision)
        notices.success(request, _("Your changes are discarded. Here are the captions that learners see."))
        return redirect(bench.address())
    if request.POST.get("seen", "") != str(bench.revision):
        return _late(request, bench, cue, fields)
    taken = track_acts.take_typed(bench.track, fields)
    if taken.track is not bench.track:
        if not drafts.change(bench.of, bench.track, taken.track, "text", revision=bench.revision):
            return _late(request, _anew(bench), cue, fields)
        bench = _anew(bench)
    if taken.wrong:
        refused = _("The times of cue {number} were not accepted: {reason}")
        at = next(iter(taken.wrong))
        refused = refused.replace("{number}", str(at + 1)).replace("{reason}", taken.wrong[at])
        panel = track_page.panel(bench, at, refused=refused, typed=fields, wrong=taken.wrong)
        return _page(request, panel, act=act.partition(":")[0], status=HTTPStatus.BAD_REQUEST)
    if taken.moved and act == "keep":
        said = next(iter(taken.moved.values()))
        return _page(request, track_page.panel(bench, cue, said=said, moved=taken.moved), act=act)
    return _act(request, bench, cue, act)


@never_cache
@require_safe
@for_account()
def caption_file(
    request: HttpRequest, person: Person, language: str, run_key: RunKey, block_code: str, track_language: str
) -> HttpResponse:
    """The track as a file (`as`): as it is edited, or as learners see it (`of=published`)."""
    bench = track_page.open_bench(request, person, language, run_key, block_code, track_language)
    track = bench.published.track if request.GET.get("of") == "published" else bench.track
    written = track_files.written(bench, track, request.GET.get("as", ""))
    response = HttpResponse(written.content.encode("utf-8", "replace"), content_type=written.media_type)
    response["Content-Disposition"] = content_disposition_header(True, written.name) or "attachment"
    return response


@never_cache
@sensitive_post_parameters()
@require_POST
@for_account("translate")
def import_captions(
    request: HttpRequest, person: Person, language: str, run_key: RunKey, block_code: str, track_language: str
) -> HttpResponse:
    """First says what would become of a file; pressed again, puts its captions in the place of those in the editor."""
    bench = track_page.open_bench(request, person, language, run_key, block_code, track_language)
    if "track" in request.POST:
        return _take(request, bench, request.POST["track"])
    file = request.FILES.get("file")
    data = bytes(file.read(track_files.MOST_BYTES + 1)) if isinstance(file, UploadedFile) else None
    if data is None or len(data) > track_files.MOST_BYTES:
        said = _("This file is larger than {limit} MB: captions are not so long.")
        said = said.replace("{limit}", str(track_files.MOST_BYTES // 2**20))
        notices.error(request, said if data is not None else _("Choose a file first."))
        return HttpResponseRedirect(f"{bench.address()}#files")
    name = str(file.name) if isinstance(file, UploadedFile) else ""
    track, form, issues = track_files.read(bench, data, name, request.POST.get("encoding", ""))
    looked = track_files.looked(bench, name, form, track, issues)
    context = {"bench": bench, "looked": looked, "page_address": bench.address()}
    return render(request, "translate/track_import.html", context)


def _act(request: HttpRequest, bench: Bench, cue: int, act: str) -> HttpResponse:
    """What a button does, after what was typed was kept."""
    name = act.partition(":")[0]
    if name in ("undo", "redo"):
        return _step(request, bench, cue, name)
    if name in ("find", "replace"):
        return _search(request, bench, cue, name)
    if name == "onto":
        drafts.move_to_version(bench.of, revision=bench.revision)
        said = _("The next time you publish, your captions take the place of those that learners see now.")
        return _done(request, _anew(bench), cue, act, said)
    if name == "publish":
        return _publish(request, bench, cue)
    try:
        done = track_acts.acted(bench.track, cue, act, request.POST.dict(), bench.track_language)
    except Refused as refused:
        return _page(request, track_page.panel(bench, cue, refused=sentence(refused.issue)), act=name)
    if done is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    if not drafts.change(bench.of, bench.track, done.track, name, revision=bench.revision):
        return _late(request, _anew(bench), cue, Typed())
    return _done(request, _anew(bench), done.cue, act, done.said)


def _step(request: HttpRequest, bench: Bench, cue: int, name: str) -> HttpResponse:
    step = drafts.undo if name == "undo" else drafts.redo
    if not step(bench.of, revision=bench.revision):
        nothing = _("There is nothing to undo.") if name == "undo" else _("There is nothing to redo.")
        return _page(request, track_page.panel(bench, cue, refused=nothing), act=name)
    said = _("Undone.") if name == "undo" else _("Redone.")
    return _done(request, _anew(bench), cue, name, said)


def _search(request: HttpRequest, bench: Bench, cue: int, name: str) -> HttpResponse:
    """Shows what would be replaced; or replaces it."""
    post = request.POST
    search = Search(post.get("find", ""), post.get("replacement", ""), "case" in post, "words" in post)
    found = track_page.searched(bench, search)
    if name == "find" or not found.count:
        return _page(request, track_page.panel(bench, cue, search=found), act=name)
    after = track_page.replaced(bench.track, search).track
    if not drafts.change(bench.of, bench.track, after, name, revision=bench.revision):
        return _late(request, _anew(bench), cue, Typed())
    said = ngettext("{count} place is replaced.", "{count} places are replaced.", found.count)
    return _done(request, _anew(bench), cue, name, said.replace("{count}", str(found.count)))


def _publish(request: HttpRequest, bench: Bench, cue: int) -> HttpResponse:
    """Publishes the captions; what keeps them from it is told, and the draft stays."""
    if any(one.start_ms >= one.end_ms for one in bench.track.cues):
        return _refused(request, bench, cue, _("A cue ends before it starts. Correct its times first."))
    outcome = publish_track(
        bench.run,
        bench.of.block_code,
        bench.track_language,
        bench.track,
        base=bench.base,
        by=bench.of.person,
        is_cosmetic="cosmetic" in request.POST,
    )
    if outcome is Outcome.CLASH:
        said = _("Other captions of this video were published meanwhile. Yours are still here: look below.")
        return _refused(request, bench, cue, said)
    if outcome is Outcome.BUSY:
        said = _("Somebody is publishing this course at this moment. Yours are still here: try again in a minute.")
        return _refused(request, bench, cue, said)
    drafts.throw_away(bench.of)
    if outcome is Outcome.UNCHANGED:
        notices.info(request, _("Learners see these captions already: there was nothing to publish."))
        return redirect(bench.address())
    said = _("Published: learners see these captions now, and translations followed their sentences.")
    if bench.published.file:
        older = _("The file {file} that the course came from is older now: save this track as its new one.")
        said = f"{said} {older.replace('{file}', bench.published.file)}"
    notices.success(request, said)
    return HttpResponseRedirect(f"{bench.address()}?cue={cue + 1}")


def _refused(request: HttpRequest, bench: Bench, cue: int, said: str) -> HttpResponse:
    return _page(request, track_page.panel(_anew(bench), cue, refused=said), status=HTTPStatus.CONFLICT)


def _take(request: HttpRequest, bench: Bench, packed: str) -> HttpResponse:
    """Puts the captions of a file that was looked at in the place of those in the editor."""
    track = track_files.unpack(packed)
    if track is None:
        notices.error(request, _("The file did not arrive whole. Choose it once more."))
    elif not drafts.change(bench.of, bench.track, track, "import", revision=_cue(request.POST.get("seen", ""))):
        notices.error(request, _("You changed these captions meanwhile. Look at the file once more."))
    else:
        notices.success(request, _("The captions of the file are here. Nobody else sees them before you publish."))
    return redirect(bench.address())


def _late(request: HttpRequest, bench: Bench, cue: int, fields: Typed) -> HttpResponse:
    """The page is older than the draft. What was typed on it, and is nowhere in the draft, is shown, to be copied."""
    known = {plain.readable(one.text) for one in bench.track.cues}
    texts = {number: text.replace("\r\n", "\n") for number, text in sorted(fields.texts.items())}
    late = [Late(number + 1, text) for number, text in texts.items() if text not in known]
    said = _("You changed these captions in another window meanwhile. Here they are as they are now.")
    return _page(request, track_page.panel(bench, cue, refused=said, late=late), status=HTTPStatus.CONFLICT)


def _done(request: HttpRequest, bench: Bench, cue: int, act: str, said: str) -> HttpResponse:
    """The page after an act: loaded anew without scripts, so that nothing is posted twice."""
    if is_for_script(request):
        return _page(request, track_page.panel(bench, cue, said=said), act=act.partition(":")[0])
    if said:
        notices.success(request, said)
    return HttpResponseRedirect(f"{bench.address()}?cue={cue + 1}#cue-{cue}")


def _page(request: HttpRequest, panel: Panel, *, act: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    """The page, or for a script its parts: the cues' fields only where they may be others."""
    is_light = act in _LIGHT and request.POST.get("first", "") == str(panel.first)
    context = {"panel": panel, "bench": panel.bench, "is_light": is_light, "page_address": panel.bench.address()}
    if is_for_script(request):
        response = render(request, "translate/_track_parts.html", context, status=status)
        response.headers[FRAGMENT] = "parts"
        return response
    context |= {
        "forms": track_files.form_choices(),
        "encodings": track_files.encoding_choices(),
        "megabytes": track_files.MOST_BYTES // 2**20,
    }
    return render(request, "translate/track.html", context, status=status)


def _anew(bench: Bench) -> Bench:
    """The bench with the draft as it is kept now."""
    return replace(bench, draft=drafts.find(bench.of))


def _cue(written: str) -> int:
    """A number that was posted; 0 for anything else."""
    return whole_number(written, 7) or 0
