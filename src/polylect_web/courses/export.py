"""What a person takes along of the courses they published, and of captions that they edit."""

from django.utils.translation import gettext as _

from polylect_web.accounts.export import Table
from polylect_web.accounts.models import Person
from polylect_web.courses import drafts
from polylect_web.courses.models import TrackChange, TrackDraft, Version


def tables(person: Person) -> dict[str, Table]:
    """The versions that the person published, their drafts of captions, and what they did in them."""
    edited = TrackDraft.objects.filter(person=person).order_by("pk")
    changes = TrackChange.objects.filter(draft__person=person).order_by("draft", "number")
    versions = Version.objects.filter(published_by=person).exclude(number=None).order_by("pk")
    return {
        "versions": Table(
            _("The versions of courses that you published."),
            ("org", "code", "version", "published_at"),
            lambda: versions.values_list("course__org", "course__code", "number", "published_at"),
        ),
        "caption_drafts": Table(
            _("The captions that you edited and have not published."),
            ("run", "block", "language", "captions", "edited_at"),
            lambda: (
                (one.run.key, one.block_code, one.language, drafts.as_webvtt(one), one.touched_at)
                for one in edited.select_related("run").iterator()
            ),
        ),
        "caption_changes": Table(
            _("The changes of them that can be undone."),
            ("run", "block", "language", "number", "what"),
            lambda: changes.values_list("draft__run__key", "draft__block_code", "draft__language", "number", "act"),
        ),
    }
