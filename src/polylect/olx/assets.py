"""The files of a course that its pages link to: what lies in `static/`, and what `policies/assets.json` says about it.

Open edX stores these files without folders, under names of its own: `a b/c.png` becomes `a_b_c.png`, and exports have
links in any of these spellings. Here a file keeps its folders; it is found by every spelling.
"""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from polylect.course.tree import Asset
from polylect.issues import Severity, declare
from polylect.olx.export import Export

ABSENT = declare(
    "olx-asset-absent",
    Severity.WARNING,
    "“{name}” is listed here, but the file is not in static/. Links to it will fail.",
)

_FOLDER = "static/"
_LISTING = "policies/assets.json"
_ALWAYS_HIDDEN = frozenset({"python_lib.zip"})
_UNSAFE = re.compile(r"[^\w.%/-]")


class Assets:
    """The course's assets, found by any of the names that links use."""

    def __init__(self, assets: Mapping[str, Asset]) -> None:
        """`assets` are given by their paths in `static/`."""
        self.all = tuple(sorted(assets.values(), key=lambda asset: asset.path))
        self._by_file = dict(assets)
        self._by_name: dict[str, Asset] = {}
        for asset in assets.values():
            self._by_name.setdefault(_flat(asset.path), asset)

    def find(self, name: str) -> Asset | None:
        """The asset that a link means; `name` is what stands after `/static/`, quoted or not."""
        for spelling in (name, unquote(name)):
            asset = self._by_file.get(spelling) or self._by_name.get(_flat(spelling))
            if asset is not None:
                return asset
        return None


def read(export: Export) -> Assets:
    """The assets of an export; files that its listing names and that are not there become issues."""
    paths = export.below(_FOLDER)
    export.used.update(paths)
    listing = _listing(export)
    locked = {_flat(name) for name, entry in listing.items() if entry.get("locked") is True}
    assets: dict[str, Asset] = {}
    taken: set[str] = set()
    names = [file.removeprefix(_FOLDER) for file in paths]
    for name in sorted(names, key=lambda name: (bool(_UNSAFE.search(name)), name)):
        path = safe = _UNSAFE.sub("_", name)
        number = len(assets)
        while path in taken:  # names that differ only in such characters: a safe one came before, and keeps its own
            path, number = f"{number}_{safe}", number + 1
        taken.add(path)
        file = f"{_FOLDER}{name}"
        hidden = _flat(name) in locked or name in _ALWAYS_HIDDEN
        assets[name] = Asset(path, export.place(file), export.size(file), hidden)
    found = Assets(assets)
    absent = [name for name, entry in listing.items() if not _is_there(found, name, entry)]
    lines = export.key_lines(_LISTING) if absent else {}
    for name in absent:
        export.report(ABSENT, _LISTING, lines.get(name, 0), name=name)
    return found


def _listing(export: Export) -> Mapping[str, Mapping[str, object]]:
    if _LISTING not in export:
        return {}
    listing = export.json(_LISTING, dict, "an object with an entry for each file")
    return {name: entry for name, entry in listing.items() if isinstance(entry, dict)}


def _is_there(assets: Assets, name: str, entry: Mapping[str, object]) -> bool:
    return any(assets.find(str(each)) for each in (name, entry.get("displayname") or name))


def _flat(name: str) -> str:
    """The one spelling of a name: no folders, and `_` for what Open edX replaces by it."""
    return _UNSAFE.sub("_", name.strip("/").replace("/", "_"))
