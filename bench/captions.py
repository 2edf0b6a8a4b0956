"""How fast caption files of 1,000 cues are read and written, beside the libraries that others use.

    .venv/bin/python bench/captions.py [--cues 1000] [--rounds 5] [--seconds 0.5]

Peers are measured where they are installed: `pip install pysubs2 webvtt-py srt`. All take turns in every round and only
CPU time counts, so that the ratios hold on a busy machine; the fastest round of each counts. Ours also checks the file
for its author and keeps all that it says; `group` and `compose` have no peer.
"""

import argparse
import importlib
import io
from collections.abc import Callable
from types import ModuleType

from timing import fastest

from polylect.captions import compose, groups, srt, times, webvtt
from polylect.captions.track import Track

SENTENCES = (
    "This is <i>caption</i> number {number},\nwith a second line of text.",
    "And it goes on, but\nnot for long",
)


def main() -> None:
    arguments = _arguments()
    vtt_text = "WEBVTT\n\n" + _written(arguments.cues, ".")
    srt_text = _written(arguments.cues, ",")
    cases = {**_ours(vtt_text, srt_text), **_peers(vtt_text, srt_text)}
    seconds = fastest(cases, arguments.rounds, arguments.seconds)
    print(
        f"{arguments.cues} cues, {len(srt_text.encode())} bytes of SRT; CPU, the fastest of {arguments.rounds} rounds"
    )
    for name, taken in seconds.items():
        own = seconds[f"polylect {name.partition(' ')[2]}"]
        print(f"{name:22} {taken * 1000:8.2f} ms   {taken / own:6.2f} x ours")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Caption files: ours beside others.")
    parser.add_argument("--cues", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.5, help="least CPU time of a case in a round")
    return parser.parse_args()


def _written(cues: int, decimal_sign: str) -> str:
    return "".join(
        f"{number + 1}\n"
        f"{times.write(number * 2500, decimal_sign)} --> {times.write(number * 2500 + 2300, decimal_sign)}\n"
        f"{SENTENCES[number % 2].format(number=number)}\n\n"
        for number in range(cues)
    )


def _ours(vtt_text: str, srt_text: str) -> dict[str, Callable[[], object]]:
    track, issues = webvtt.parse(vtt_text)
    assert not issues
    assert webvtt.write(track) == vtt_text
    assert srt.write(srt.parse(srt_text)[0]) == srt_text
    found = groups.group(track, "en")
    targets = [compose.SentenceTarget(groups.text(track, group), "fr") for group in found]

    def composed() -> Track:
        return compose.compose(track, found, targets, language="fr", source_language="en")

    return {
        "polylect parse vtt": lambda: webvtt.parse(vtt_text),
        "polylect write vtt": lambda: webvtt.write(track),
        "polylect parse srt": lambda: srt.parse(srt_text),
        "polylect write srt": lambda: srt.write(track),
        "polylect group": lambda: groups.group(track, "en"),
        "polylect compose": composed,
    }


def _peers(vtt_text: str, srt_text: str) -> dict[str, Callable[[], object]]:
    cases: dict[str, Callable[[], object]] = {}
    if pysubs2 := _installed("pysubs2"):
        for name, text in (("vtt", vtt_text), ("srt", srt_text)):
            read = pysubs2.SSAFile.from_string(text, format_=name)
            cases[f"pysubs2 parse {name}"] = lambda text=text, name=name: pysubs2.SSAFile.from_string(
                text, format_=name
            )
            cases[f"pysubs2 write {name}"] = lambda read=read, name=name: read.to_string(name)
    if peer := _installed("webvtt"):
        vtt = peer.from_string(vtt_text)
        cases["webvtt-py parse vtt"] = lambda: peer.from_string(vtt_text)
        cases["webvtt-py write vtt"] = lambda: vtt.write(io.StringIO())
        cases["webvtt-py parse srt"] = lambda: peer.from_buffer(io.StringIO(srt_text), format="srt")
    if peer_srt := _installed("srt"):
        subtitles = list(peer_srt.parse(srt_text))
        cases["srt parse srt"] = lambda: list(peer_srt.parse(srt_text))
        cases["srt write srt"] = lambda: peer_srt.compose(subtitles, reindex=False)
    return cases


def _installed(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ImportError:
        print(f"{name} is not installed, and left out")
        return None


if __name__ == "__main__":
    main()
