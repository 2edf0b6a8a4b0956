"""LibreTranslate, over HTTP: `GET /languages`, and `POST /translate` with `q` (a list), `source`, `target`, `format`
and `api_key`. (LibreTranslate 1.6; older ones list languages without `targets`, and have each for each)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from polylect import languages
from polylect_web.foundation.network import READ_SECONDS
from polylect_web.machine.asking import ask_service, unreadable
from polylect_web.machine.provider import Codes, NotTaken, Pairs, portions

_THEIRS = {"zt": "zh-Hant"}
"""Codes that are no tags."""


@dataclass(frozen=True)
class LibreTranslate:
    """The service at an address, with the key that it may ask for."""

    address: str
    key: str = field(default="", repr=False)
    name: str = "LibreTranslate"
    is_here: bool = False

    def pairs(self) -> Pairs:
        listed = ask_service(self.name, f"{self.address}/languages", None, READ_SECONDS)
        if not isinstance(listed, list) or not all(isinstance(one, Mapping) for one in listed):
            raise unreadable(self.name)
        codes = [one["code"] for one in listed if isinstance(one.get("code"), str)]
        pairs: dict[tuple[str, str], Codes] = {}
        for one in listed:
            targets = one.get("targets", codes)
            for target in targets if isinstance(targets, list) else ():
                source_tag, target_tag = _tag(one.get("code")), _tag(target)
                if source_tag and target_tag and source_tag != target_tag:
                    pairs[source_tag, target_tag] = Codes(one["code"], target)
        return pairs

    def translate(self, texts: Sequence[str], codes: Codes, *, seconds: float = READ_SECONDS) -> list[str]:
        found: list[str] = []
        for portion in portions(texts):
            try:
                found += self._translated(portion, codes, seconds)
            except NotTaken:
                if len(portion) == 1:
                    raise
                for text in portion:  # it may take less at once than others do
                    found += self._translated([text], codes, seconds)
        return found

    def _translated(self, texts: Sequence[str], codes: Codes, seconds: float) -> list[str]:
        said = {"q": list(texts), "source": codes.source, "target": codes.target, "format": "html"}
        if self.key:
            said["api_key"] = self.key
        answer = ask_service(self.name, f"{self.address}/translate", said, seconds)
        found = answer.get("translatedText") if isinstance(answer, Mapping) else None
        if not isinstance(found, list) or len(found) != len(texts) or not all(isinstance(one, str) for one in found):
            raise unreadable(self.name)
        return found


def _tag(code: object) -> str | None:
    return languages.canonical(_THEIRS.get(code, code)) if isinstance(code, str) else None
