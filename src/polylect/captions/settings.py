"""WebVTT's cue settings and regions as typed values, for whoever has to place a cue.

Follows WebVTT (W3C Candidate Recommendation, 4 April 2019), section 6.2, "WebVTT region settings parsing", and
section 6.3, "WebVTT cue timings and settings parsing". A setting that cannot be read leaves its default, as
there; `faults` and `region_faults` say which ones those are.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

_SPACES = re.compile(r"[\t\n\f\r ]+")
_PERCENTAGE = re.compile(r"([0-9]+(?:\.[0-9]+)?)%")
_LINE_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?)")
_WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")
_DIRECTIONS = ("rl", "lr")
_LINE_ALIGNS = ("start", "center", "end")
_POSITION_ALIGNS = ("line-left", "center", "line-right")
_TEXT_ALIGNS = ("start", "center", "end", "left", "right")


@dataclass(frozen=True)
class Region:
    """A part of the picture that cues can be put in. Anchors are (x, y), all lengths are percentages."""

    code: str = ""
    width: float = 100.0
    lines: int = 3
    anchor: tuple[float, float] = (0.0, 100.0)
    viewport_anchor: tuple[float, float] = (0.0, 100.0)
    scrolls_up: bool = False


@dataclass(frozen=True)
class CueSettings:
    """How a cue is placed. None means "auto"; `line` is a percentage unless `snaps_to_lines`."""

    vertical: str = ""
    line: float | None = None
    snaps_to_lines: bool = True
    line_align: str = "start"
    position: float | None = None
    position_align: str = "auto"
    size: float = 100.0
    align: str = "center"
    region: str = ""
    """The code of the region, empty where the cue is in none."""


@dataclass(frozen=True)
class SettingFault:
    """A setting without effect, and the form that would have one."""

    setting: str
    expected: str


def parse(written: str, regions: Sequence[Region] = ()) -> CueSettings:
    """The settings of a cue, by the standard's rules. Of several settings with one name the last one counts."""
    settings = CueSettings()
    known = frozenset(region.code for region in regions)
    for _, name, value in _pairs(written):
        if name == "region":
            settings = replace(settings, region=value if value in known else "")
        elif name in _CUE_READERS:
            settings = _CUE_READERS[name](settings, value) or settings
    is_placed = settings.line is not None or settings.size != 100 or settings.vertical
    return replace(settings, region="") if is_placed else settings


def faults(written: str, regions: Sequence[Region] = ()) -> tuple[SettingFault, ...]:
    """The settings of a cue that have no effect, or are overruled by one of the same name after them."""
    codes = [region.code for region in regions]

    def is_right(name: str, value: str) -> bool:
        return value in codes if name == "region" else _CUE_READERS[name](CueSettings(), value) is not None

    region_forms = [f"region:{code}" for code in codes] or ["a REGION block above the cues"]
    return tuple(_faults(written, {**_CUE_FORMS, "region": " | ".join(region_forms)}, is_right))


def region(written: str) -> Region:
    """The region that the lines of a REGION block, without its first, describe."""
    found = Region()
    for _, name, value in _pairs(written):
        if name in _REGION_READERS:
            found = _REGION_READERS[name](found, value) or found
    return found


def region_faults(written: str) -> tuple[SettingFault, ...]:
    """The settings of a region that have no effect."""

    def is_right(name: str, value: str) -> bool:
        return _REGION_READERS[name](Region(), value) is not None

    return tuple(_faults(written, _REGION_FORMS, is_right))


def _pairs(written: str) -> Iterator[tuple[str, str, str]]:
    """Each setting as written, its name and its value; both empty where there is no colon between two characters."""
    for setting in _SPACES.split(written):
        name, _, value = setting.partition(":")
        if setting:
            yield (setting, name, value) if name and value else (setting, "", "")


def _faults(written: str, forms: Mapping[str, str], is_right: Callable[[str, str], bool]) -> Iterator[SettingFault]:
    pairs = list(_pairs(written))
    followed = _followed(pairs, forms, is_right)
    for (setting, name, value), is_overruled in zip(pairs, followed, strict=True):
        if name not in forms:
            yield SettingFault(setting, " ".join(f"{known}:…" for known in forms))
        elif not is_right(name, value):
            yield SettingFault(setting, forms[name])
        elif is_overruled:
            yield SettingFault(setting, f"{name}:… (×1)")


def _followed(
    pairs: Sequence[tuple[str, str, str]], forms: Mapping[str, str], is_right: Callable[[str, str], bool]
) -> list[bool]:
    """Of each setting, whether one of the same name that has an effect comes after it."""
    later: set[str] = set()
    followed = []
    for _, name, value in reversed(pairs):
        followed.append(name in later)
        if name not in later and name in forms and is_right(name, value):
            later.add(name)
    return followed[::-1]


def _percentage(text: str) -> float | None:
    found = _PERCENTAGE.fullmatch(text)
    number = float(found[1]) if found else 101.0
    return number if number <= 100 else None


def _vertical(settings: CueSettings, value: str) -> CueSettings | None:
    return replace(settings, vertical=value) if value in _DIRECTIONS else None


def _line(settings: CueSettings, value: str) -> CueSettings | None:
    offset, comma, align = value.partition(",")
    is_percentage = offset.endswith("%")
    if is_percentage:
        number = _percentage(offset)
    else:
        number = float(offset) if _LINE_NUMBER.fullmatch(offset) else None
    if number is None or (comma and align not in _LINE_ALIGNS):
        return None
    return replace(
        settings, line=number, snaps_to_lines=not is_percentage, line_align=align if comma else settings.line_align
    )


def _position(settings: CueSettings, value: str) -> CueSettings | None:
    offset, comma, align = value.partition(",")
    number = _percentage(offset)
    if number is None or (comma and align not in _POSITION_ALIGNS):
        return None
    return replace(settings, position=number, position_align=align if comma else settings.position_align)


def _size(settings: CueSettings, value: str) -> CueSettings | None:
    number = _percentage(value)
    return None if number is None else replace(settings, size=number)


def _align(settings: CueSettings, value: str) -> CueSettings | None:
    return replace(settings, align=value) if value in _TEXT_ALIGNS else None


def _code(region: Region, value: str) -> Region | None:
    return replace(region, code=value)


def _width(region: Region, value: str) -> Region | None:
    number = _percentage(value)
    return None if number is None else replace(region, width=number)


def _lines(region: Region, value: str) -> Region | None:
    return replace(region, lines=int(value)) if _WHOLE_NUMBER.fullmatch(value) else None


def _anchor(region: Region, value: str) -> Region | None:
    point = _point(value)
    return None if point is None else replace(region, anchor=point)


def _viewport_anchor(region: Region, value: str) -> Region | None:
    point = _point(value)
    return None if point is None else replace(region, viewport_anchor=point)


def _point(value: str) -> tuple[float, float] | None:
    x, _, y = value.partition(",")
    left, top = _percentage(x), _percentage(y)
    return None if left is None or top is None else (left, top)


def _scroll(region: Region, value: str) -> Region | None:
    return replace(region, scrolls_up=True) if value == "up" else None


_CUE_READERS: Mapping[str, Callable[[CueSettings, str], CueSettings | None]] = {
    "vertical": _vertical,
    "line": _line,
    "position": _position,
    "size": _size,
    "align": _align,
}
_CUE_FORMS: Mapping[str, str] = {
    "vertical": "vertical:rl | vertical:lr",
    "line": "line:-1 | line:90% | line:90%,start | line:90%,center | line:90%,end",
    "position": "position:50% | position:50%,line-left | position:50%,center | position:50%,line-right",
    "size": "size:80%",
    "align": "align:start | align:center | align:end | align:left | align:right",
}
_REGION_READERS: Mapping[str, Callable[[Region, str], Region | None]] = {
    "id": _code,
    "width": _width,
    "lines": _lines,
    "regionanchor": _anchor,
    "viewportanchor": _viewport_anchor,
    "scroll": _scroll,
}
_REGION_FORMS: Mapping[str, str] = {
    "id": "id:name",
    "width": "width:40%",
    "lines": "lines:3",
    "regionanchor": "regionanchor:0%,100%",
    "viewportanchor": "viewportanchor:10%,90%",
    "scroll": "scroll:up",
}
