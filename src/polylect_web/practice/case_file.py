"""A case as a file to take along: JSON, the library's own form of an arrangement under a name and a number."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from polylect.partnership import MOST_SIDES, Arrangement, parse, write
from polylect_web.foundation.issues import sentence
from polylect_web.practice.described import numbered, plain

FORMAT = "polylect-case-1"
MOST_BYTES = 64 * 1024
NAME = "case.json"


@dataclass(frozen=True)
class Opened:
    """What was in a file: None where it is no case at all, and what is wrong with it, in sentences."""

    arrangement: Arrangement | None
    issues: tuple[str, ...] = ()


def to_bytes(arrangement: Arrangement) -> bytes:
    """The file of a case; `opened` gives the case back equal."""
    data = {"format": FORMAT} | write(numbered(arrangement))
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def opened(content: bytes) -> Opened:
    """Reads a file that somebody chose. Nothing in it raises."""
    if len(content) > MOST_BYTES:
        return _not_a_case(_("This file is larger than 64 kB, and a case is not. Choose a file that was saved here."))
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _not_a_case(_("This file is no text in UTF-8, and a case is. Choose a file that was saved here."))
    except json.JSONDecodeError as error:
        return _not_a_case(
            _("Line {line}, character {column}: this is no JSON, and a case is. Choose a file that was saved here.")
            .replace("{line}", str(error.lineno))
            .replace("{column}", str(error.colno))
        )
    except (RecursionError, ValueError):
        return _not_a_case(_("This file is JSON, and no case. Choose a file that was saved here."))
    if not isinstance(data, dict) or not isinstance(data.get("sides"), list):
        return _not_a_case(
            _("This file is JSON, and no case: it has no list of “sides”. Choose a file that was saved here.")
        )
    data.pop("format", None)
    arrangement, _issues = parse(data)
    sides = (replace(side, name=plain(side.name)) for side in arrangement.sides)
    return Opened(numbered(replace(arrangement, sides=tuple(sides))), tuple(_told(data)))


def _not_a_case(issue: str) -> Opened:
    return Opened(None, (issue,))


def _told(data: dict[str, Any]) -> Iterator[str]:
    """What is wrong, each with the number of its side."""
    for issue in parse(data | {"sides": [{} for _side in data["sides"]]})[1]:
        yield plain(sentence(issue), 400)
    for number, side in enumerate(data["sides"][:MOST_SIDES], 1):
        for issue in parse({"sides": [side]})[1]:
            told = _("Side {number}: {issue}").replace("{number}", str(number))
            yield plain(told.replace("{issue}", sentence(issue)), 400)
