"""How fast caption files of 1,000 cues are read and written, beside the libraries that others use; and how long
it takes to find the sentences of 1,000 cues and of thirteen hours, and to put their translations back.

    .venv/bin/python bench/captions.py [--cues 1000] [--long 10800] [--rounds 5] [--seconds 0.5]

Peers are measured where they are installed: `pip install pysubs2 webvtt-py srt`. All take turns in every round and only
CPU time counts, so that the ratios hold on a busy machine; the fastest round of each counts. Ours also checks the file
for its author and keeps all that it says.

The second table has no peers. *Growth* is the time of the long track over that of the short one, each by its cues: 1 is
linear. Memory is the most that Python held at once beyond what it held before, by `tracemalloc`, for the short track
and for three times as many cues.
"""

import argparse
import importlib
import io
import time
import tracemalloc
from collections.abc import Callable, Sequence
from itertools import cycle
from types import ModuleType

from timing import fastest

from polylect.captions import checking, compose, groups, recue, retime, srt, times, webvtt
from polylect.captions.track import Cue, Group, Track

SENTENCES = (
    "This is <i>caption</i> number {number},\nwith a second line of text.",
    "And it goes on, but\nnot for long",
)
TALK = (
    (("We met on a train.",), "Nous nous sommes rencontrés dans un train.", "我们是在火车上认识的。"),
    (
        ("It was late, and it was colder than", "anybody in that car had expected."),
        "Il était tard, et il faisait plus froid que personne dans cette voiture ne l’avait prévu.",
        "天色已晚，而且比那节车厢里任何人预料的都要冷。",
    ),
    (
        (
            "So we began to talk about the library",
            "where she worked, the club that I had",
            "founded, and what each needs.",
        ),
        "Nous avons donc parlé de la bibliothèque où elle travaillait, du club que j’avais fondé et de leurs besoins.",
        "于是我们聊起了她工作的图书馆、我创办的俱乐部，以及双方各自需要什么。",
    ),
    (
        ("Nobody asked for money:", "we looked for what both sides gain."),
        "Personne ne demandait d’argent : nous cherchions ce que chaque partie y gagne.",
        "没有人要钱：我们寻找的是双方都能得到的好处。",
    ),
)
"""Sentences as they stand in cues, in French and in Chinese."""


def main() -> None:
    arguments = _arguments()
    _files(arguments)
    _sentences(arguments.cues, arguments.long, arguments.rounds)


def _files(arguments: argparse.Namespace) -> None:
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
    parser.add_argument("--long", type=int, default=10_800, help="cues of the long track")
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
    return {
        "polylect parse vtt": lambda: webvtt.parse(vtt_text),
        "polylect write vtt": lambda: webvtt.write(track),
        "polylect parse srt": lambda: srt.parse(srt_text),
        "polylect write srt": lambda: srt.write(track),
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


def _sentences(short: int, long: int, rounds: int) -> None:
    """The second table."""
    print(f"\n{'':34} {short:>6} cues {long:>6} cues   a sentence   growth    memory")
    worst = 0.0
    for name, work in _work().items():
        held = [_talk(cues) for cues in (short, long)]
        taken = [
            min(_seconds(work, *talk) for _ in range(count)) for talk, count in zip(held, (rounds, 1), strict=True)
        ]
        kilobytes = [_kilobytes(work, *talk) / len(talk[0].cues) for talk in (held[0], _talk(3 * short))]
        growth = taken[1] / taken[0] * short / long
        of_sentence = taken[1] / len(held[1][1])
        worst += taken[1] if not name.startswith("check") else 0.0
        print(
            f"{name:34} {taken[0] * 1000:8.0f} ms {taken[1]:9.2f} s {of_sentence * 1000:9.2f} ms {growth:8.2f} "
            f"  {kilobytes[0]:.1f}, {kilobytes[1]:.1f} kB a cue"
        )
    print(f"all of it for {long} cues: {worst:.1f} s; the longest sentence, of {groups.CUES_MAX} cues:", end=" ")
    print(", ".join(f"{language} {_longest(language) * 1000:.1f} ms" for language in ("fr", "zh")))


def _work() -> dict[str, Callable[[Track, Sequence[Group]], object]]:
    def translated(language: str) -> Callable[[Track, Sequence[Group]], object]:
        def composed(track: Track, found: Sequence[Group]) -> Track:
            targets = [compose.SentenceTarget(text, language) for text in _texts(found, language)]
            return compose.compose(track, found, targets, language=language, source_language="en")

        return composed

    def retimed(language: str) -> Callable[[Track, Sequence[Group]], object]:
        return lambda track, found: retime.retime(retime.timed(track, found, _texts(found, language)), language)

    unmarked = str.maketrans("", "", ".,:")
    return {
        "group": lambda track, _: groups.group(track, "en"),
        "group, without full stops": lambda track, _: groups.group(
            Track(tuple(Cue(cue.start_ms, cue.end_ms, cue.text.translate(unmarked).lower()) for cue in track.cues)),
            "en",
        ),
        "recue, French": translated("fr"),
        "recue, Chinese": translated("zh"),
        "retime, French": retimed("fr"),
        "retime, Chinese": retimed("zh"),
        "check": lambda track, _: checking.check(track, "en"),
    }


def _talk(cues: int) -> tuple[Track, Sequence[Group]]:
    """A track of so many cues, or one or two more, and its sentences."""
    made: list[Cue] = []
    for pieces, _, _ in cycle(TALK):
        if len(made) >= cues:
            break
        made += [Cue(2500 * n, 2500 * n + 2400, piece) for n, piece in enumerate(pieces, len(made))]
    track = Track(tuple(made))
    return track, groups.group(track, "en")


def _texts(found: Sequence[Group], language: str) -> list[str]:
    column = {"fr": 1, "zh": 2}[language]
    return [str(sentence[column]) for sentence, _ in zip(cycle(TALK), found, strict=False)]


def _longest(language: str) -> float:
    """Seconds to cut one sentence that goes on for as many cues as a sentence may."""
    pieces = [piece.rstrip(".") for sentence, _, _ in TALK for piece in sentence][: groups.CUES_MAX]
    cues = [recue.Piece(piece, 2500 * n, 2500 * n + 2400) for n, piece in zip(range(groups.CUES_MAX), cycle(pieces))]
    text = " ".join(sentence[{"fr": 1, "zh": 2}[language]] for sentence in TALK)
    return fastest({language: lambda: recue.recue(text, cues, language)}, 1, 0.2)[language]


def _seconds(work: Callable[[Track, Sequence[Group]], object], track: Track, found: Sequence[Group]) -> float:
    start = time.process_time()
    work(track, found)
    return time.process_time() - start


def _kilobytes(work: Callable[[Track, Sequence[Group]], object], track: Track, found: Sequence[Group]) -> float:
    tracemalloc.start()
    result = work(track, found)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del result
    return peak / 1024


def _installed(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ImportError:
        print(f"{name} is not installed, and left out")
        return None


if __name__ == "__main__":
    main()
