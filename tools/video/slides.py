"""Draws slides: a slide is an SVG of things from the script, and a browser turns it into a picture."""

import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from .script import Thing

WIDTH, HEIGHT = 1280, 720
_COLORS = {
    "paper": "#fbf7ee",
    "panel": "#fffdf8",
    "ink": "#1d2b36",
    "teal": "#0b6a6c",
    "rust": "#b3431b",
    "plum": "#693a8c",
    "gray": "#737a80",
}
_STYLE = f"""
svg {{ color: {_COLORS["ink"]}; font-family: "Noto Sans", sans-serif }}
.t1 {{ fill: {_COLORS["teal"]} }} .t2 {{ fill: {_COLORS["rust"]} }}
.a1, .a2, .r1, .r2 {{ fill: none; stroke-width: 4; stroke-linecap: round; stroke-linejoin: round }}
.a1, .r1 {{ stroke: {_COLORS["teal"]} }} .a2, .r2 {{ stroke: {_COLORS["rust"]} }}
"""


def svg(things: Iterable[Thing], icons: str) -> str:
    """The slide with these things on it. `icons` is the text of an SVG file of symbols."""
    defined = re.search(r"<defs>.*</defs>", icons, re.DOTALL)
    body = "".join(_drawn(thing) for thing in things)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<style>{_STYLE}</style>{defined.group() if defined else ''}"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_COLORS["paper"]}"/>{body}</svg>'
    )


def photograph(slides: Iterable[str], folder: Path) -> Iterator[Path]:
    """Turns each SVG into a PNG file in `folder`, in order. Needs Debian's chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for number, slide in enumerate(slides):
            page.set_content(f'<!doctype html><body style="margin:0">{slide}')
            file = folder / f"{number:03}.png"
            page.screenshot(path=file)
            yield file
        browser.close()


def _drawn(thing: Thing) -> str:
    kinds = {"icon": _icon, "arrow": _arrow, "ring": _ring, "panel": _panel, "text": _text, "path": _path}
    kind = next(name for name in kinds if name in thing.fields)
    color = _COLORS[thing.fields.get("color", "ink")]
    return f'<g color="{color}">{kinds[kind](thing)}</g>'


def _icon(thing: Thing) -> str:
    (x, y), size = thing.fields["at"], thing.fields["size"]
    return f'<use href="#{thing.fields["icon"]}" x="{x - size / 2}" y="{y - size / 2}" width="{size}" height="{size}"/>'


def _arrow(thing: Thing) -> str:
    """A line with an open head, so that it reads without color and at a small size."""
    x1, y1, x2, y2 = thing.fields["arrow"]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    along, across = (x2 - x1) / length, (y2 - y1) / length
    wings = [(x2 - 16 * along + side * 11 * across, y2 - 16 * across - side * 11 * along) for side in (1, -1)]
    head = f"M{wings[0][0]:.1f} {wings[0][1]:.1f}L{x2} {y2}L{wings[1][0]:.1f} {wings[1][1]:.1f}"
    return _stroke(f"M{x1} {y1}L{x2} {y2}", thing) + _stroke(head, thing, dashed=False)


def _path(thing: Thing) -> str:
    return _stroke(thing.fields["path"], thing)


def _stroke(path: str, thing: Thing, *, dashed: bool | None = None) -> str:
    dashed = thing.fields.get("dashed", False) if dashed is None else dashed
    dashes = ' stroke-dasharray="2 13"' if dashed else ""
    return (
        f'<path d="{path}" fill="none" stroke="currentColor" stroke-width="6" '
        f'stroke-linecap="round" stroke-linejoin="round"{dashes}/>'
    )


def _ring(thing: Thing) -> str:
    x, y, radius = thing.fields["ring"]
    wash = 0.1 if thing.fields.get("wash") else 0
    dashes = ' stroke-dasharray="2 13" stroke-linecap="round"' if thing.fields.get("dashed") else ""
    return (
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="currentColor" fill-opacity="{wash}" '
        f'stroke="currentColor" stroke-width="5"{dashes}/>'
    )


def _panel(thing: Thing) -> str:
    x, y, width, height = thing.fields["panel"]
    if thing.fields.get("dashed"):
        look = 'fill="none" stroke="currentColor" stroke-width="5" stroke-dasharray="2 13" stroke-linecap="round"'
    else:
        look = f'fill="{_COLORS["panel"]}" stroke="{_COLORS["ink"]}" stroke-opacity=".18" stroke-width="2"'
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="28" {look}/>'


def _text(thing: Thing) -> str:
    (x, y), size = thing.fields["at"], thing.fields["size"]
    weight = thing.fields.get("weight", 400)
    words = html.escape(thing.fields["text"])
    look = f'font-size="{size}" font-weight="{weight}" text-anchor="middle" fill="currentColor"'
    return f'<text x="{x}" y="{y}" {look}>{words}</text>'
