"""WebVTT's timestamps (W3C Candidate Recommendation, 4 April 2019, section 6.1, "collect a WebVTT timestamp")."""

import re

TIMESTAMP = r"(?:0*([0-9]{1,9}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})(?![0-9])"
"""Hours (if any), minutes, seconds and milliseconds, as four groups. A departure: hours of more than nine digits, which
are over 100,000 years, are refused, where the standard counts on."""

_WHOLE = re.compile(TIMESTAMP)


def read(text: str) -> int | None:
    """The milliseconds of a timestamp (`00:01.500`, `1:00:00.000`), None for anything else."""
    found = _WHOLE.fullmatch(text)
    return milliseconds(*found.groups()) if found else None


def milliseconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> int:
    """The groups of `TIMESTAMP` as one number."""
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(thousandths)


def write(time_ms: int, decimal_sign: str = ".") -> str:
    """`00:00:01.500`, hours always written, with two digits or more. SRT's decimal sign is a comma."""
    seconds, thousandths = divmod(time_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{decimal_sign}{thousandths:03}"
