"""The attributes of one element: each read as what it means, the rest kept.

Open edX writes an attribute as text where the field is text, and otherwise as JSON (`true`, `3`, and dates with their
quotes: `"2016-01-01T00:00:00Z"`). Authors write what they remember of that, so several spellings are taken.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from polylect.course.tree import Access
from polylect.issues import Issue, IssueKind, Place, Severity, declare

NOT_A_DATE = declare(
    "olx-date", Severity.WARNING, "{name} is “{found}”; expected a date such as 2026-11-22T00:00:00Z. It is left out."
)
NOT_A_BOOLEAN = declare(
    "olx-boolean", Severity.WARNING, "{name} is “{found}”; expected true or false. It is taken for {used}."
)
NOT_A_NUMBER = declare("olx-number", Severity.WARNING, "{name} is “{found}”; expected {expected}. It is left out.")
NOT_A_TIME = declare(
    "olx-time", Severity.WARNING, "{name} is “{found}”; expected a time in the video such as 00:01:30. It is left out."
)

NOT_A_DURATION = declare(
    "olx-duration", Severity.WARNING, "{name} is “{found}”; expected a time such as 2 days 6 hours. It is left out."
)
NOT_JSON = declare("olx-attribute-json", Severity.WARNING, "{name} is “{found}”; expected JSON. It is left out.")

_UNSET = frozenset({"", "null", "None"})
_TRUE = frozenset({"true", "1", "yes", "on"})
_FALSE = frozenset({"false", "0", "no", "off", "", "null", "none"})
_ISO_LIKE = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?", re.ASCII | re.I
)
_IN_WORDS = re.compile(
    r"(?:(?P<day1>\d{1,2})\s+)?(?P<month>[A-Za-z]{3,9})\.?\s+(?:(?P<day2>\d{1,2}),?\s+)?(?P<year>\d{4})"
    r"(?:,?\s+(?:at\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2}))?(?:\s*UTC)?",
    re.ASCII,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DURATION = re.compile(
    r"(?:(\d{1,5})\s*days?)?[\s,]*(?:(\d{1,6})\s*hours?)?[\s,]*(?:(\d{1,7})\s*minutes?)?[\s,]*(?:(\d{1,8})\s*seconds?)?",
    re.ASCII | re.I,
)
_CLOCK = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,2}):)?(\d{1,7}(?:\.\d{1,6})?)s?", re.ASCII)


class Fields:
    """The attributes of one element. What has been asked for is read; `kept` gives the rest."""

    def __init__(
        self, values: Mapping[str, str], inherited: Mapping[str, str], place: Place, issues: list[Issue]
    ) -> None:
        self._values = dict(values)
        self._inherited = inherited
        self._place = place
        self._issues = issues
        self._read: set[str] = set()

    def drop(self, *names: str) -> None:
        """Names that say nothing of their own, so that they are not kept."""
        self._read.update(names)

    def raw(self, name: str) -> str | None:
        """The attribute as written, its own or the one it inherits."""
        self._read.add(name)
        return self._values.get(name, self._inherited.get(name))

    def text(self, name: str) -> str:
        """The attribute without white space around it; empty where it is absent."""
        return (self.raw(name) or "").strip()

    def boolean(self, name: str, if_unreadable: bool = False) -> bool:
        """Whether it says yes; no where it is absent."""
        found = self.text(name).strip('"').lower()
        if found in _TRUE or found in _FALSE:
            return found in _TRUE
        self._report(NOT_A_BOOLEAN, name=name, found=found, used=str(if_unreadable).lower())
        return if_unreadable

    def integer(self, name: str) -> int | None:
        """A whole number from 0, or None."""
        found = self.text(name).strip('"')
        if found in _UNSET:
            return None
        if re.fullmatch(r"\d{1,9}(\.0+)?", found, re.ASCII):
            return int(float(found))
        self._report(NOT_A_NUMBER, name=name, found=found, expected="a whole number")
        return None

    def number(self, name: str) -> float | None:
        """A number from 0, or None."""
        found = self.text(name).strip('"')
        if found in _UNSET:
            return None
        if re.fullmatch(r"(\d{1,9}(\.\d{0,9})?|\.\d{1,9})", found, re.ASCII):
            return float(found)
        self._report(NOT_A_NUMBER, name=name, found=found, expected="a number such as 1 or 0.5")
        return None

    def date(self, name: str) -> str:
        """A moment as ISO 8601 in UTC, empty where none is set or it cannot be read."""
        found = self.text(name).strip('"').strip()
        if found in _UNSET:
            return ""
        moment = utc(found)
        if moment is None:
            self._report(NOT_A_DATE, name=name, found=found)
            return ""
        return moment

    def time_ms(self, name: str) -> int:
        """A time in a video in milliseconds: `00:01:30`, `1:30`, `90`, `90.5`. 0 where it is absent or unreadable."""
        found = self.text(name).strip('"')
        if found in _UNSET:
            return 0
        clock = _CLOCK.fullmatch(found)
        if clock is None:
            self._report(NOT_A_TIME, name=name, found=found)
            return 0
        hours, minutes, seconds = clock.groups()
        return int(hours or 0) * 3_600_000 + int(minutes or 0) * 60_000 + round(float(seconds) * 1000)

    def duration_seconds(self, name: str) -> int:
        """A length of time in seconds: `2 days 6 hours`, `5 minutes`. 0 where it is absent or unreadable."""
        found = self.text(name).strip('"').strip()
        if found in _UNSET:
            return 0
        seconds = duration_seconds(found)
        if seconds is None:
            self._report(NOT_A_DURATION, name=name, found=found)
        return seconds or 0

    def json(self, name: str) -> object:
        """The attribute as JSON; None where it is absent or is no JSON."""
        found = self.text(name)
        if found in _UNSET:
            return None
        try:
            value: object = json.loads(found)
        except (ValueError, RecursionError):
            self._report(NOT_JSON, name=name, found=found[:60])
            return None
        return value

    def access(self) -> Access:
        """Who may see it, and when."""
        return Access(
            staff_only=self.boolean("visible_to_staff_only", if_unreadable=True),
            start=self.date("start"),
            due=self.date("due"),
            unlisted=self.boolean("hide_from_toc"),
        )

    def kept(self) -> tuple[tuple[str, str], ...]:
        """The attributes of the element itself that nobody has asked for, by name."""
        return tuple(sorted(item for item in self._values.items() if item[0] not in self._read))

    def _report(self, kind: IssueKind, **params: object) -> None:
        self._issues.append(kind.at(self._place, **params))


def duration_seconds(text: str) -> int | None:
    """A length of time as Open edX writes it (`1 day 12 hours 59 minutes 59 seconds`), in seconds; None if it cannot
    be read."""
    found = _DURATION.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        return None
    days, hours, minutes, seconds = (int(each or 0) for each in found.groups())
    return days * 86_400 + hours * 3600 + minutes * 60 + seconds


def utc(text: str) -> str | None:
    """A moment in one of the spellings that exports have, as ISO 8601 in UTC; None if it cannot be read.

    Without a time it is midnight, without a zone UTC, as in Open edX.
    """
    try:
        iso = _ISO_LIKE.fullmatch(text)
        if iso:
            zone = (iso[3] or "Z").upper()
            moment = datetime.fromisoformat(f"{iso[1]}T{iso[2] or '00:00'}{'Z' if zone in ('UTC', 'GMT') else zone}")
        else:
            words = _IN_WORDS.fullmatch(text)
            if words is None or not (words["day1"] or words["day2"]):
                return None
            month = _MONTHS.index(words["month"][:3].lower()) + 1
            day = int(words["day1"] or words["day2"])
            moment = datetime(
                int(words["year"]), month, day, int(words["hour"] or 0), int(words["minute"] or 0), tzinfo=UTC
            )
        return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
    except (ValueError, OverflowError):
        return None
