"""Makes a course's lesson video from its script: the video, its captions, and pictures.

    .venv/bin/python tools/make_video.py examples/partnership-building/video/script.yaml

Needs flite, chromium and ffmpeg (apt). The same script gives the same captions, to the millisecond. `--captions` makes
only those; `--slides FOLDER` only draws the slides, to look at.
"""

import argparse
import tempfile
from pathlib import Path

from video import encode, narration, script, slides, voice

from polylect.captions import webvtt


def main() -> None:
    options = _options()
    read = script.load(options.script)
    media: Path = options.script.parent.parent / "media"
    icons = options.script.with_name("icons.svg").read_text(encoding="utf-8")
    if options.slides:
        options.slides.mkdir(parents=True, exist_ok=True)
        list(slides.photograph([slides.svg(things, icons) for things in _pictures(read)], options.slides))
        return

    timeline = narration.lay_out(read, lambda text: voice.speak(text, read.voice))
    track = narration.caption_track(timeline, read.captions)
    (media / f"lesson.{read.language}.vtt").write_text(webvtt.write(track), encoding="utf-8")
    print(f"{len(timeline.sentences)} sentences, {len(track.cues)} cues, {timeline.duration_ms / 1000:.1f} s")
    if options.captions:
        return

    with tempfile.TemporaryDirectory() as folder:
        _make_stills(read, icons, media, Path(folder))
        _make_video(read, icons, timeline, media / "lesson.webm", Path(folder))
    print(f"{(media / 'lesson.webm').stat().st_size / 1e6:.2f} MB")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("script", type=Path)
    parser.add_argument("--captions", action="store_true", help="make only the captions")
    parser.add_argument("--slides", type=Path, help="only draw the slides, into this folder")
    return parser.parse_args()


def _pictures(read: script.Script) -> list[tuple[script.Thing, ...]]:
    """What is seen during each line of the narration, slide by slide."""
    return [slide.at(line) for slide in read.slides for line in range(1, len(slide.narration) + 1)]


def _make_stills(read: script.Script, icons: str, media: Path, folder: Path) -> None:
    drawn = [slides.svg(read.picture(still.slide).at(still.line), icons) for still in read.stills]
    for still, picture in zip(read.stills, slides.photograph(drawn, folder), strict=True):
        encode.write_picture(picture, media / still.file, still.quality)


def _make_video(read: script.Script, icons: str, timeline: narration.Timeline, file: Path, folder: Path) -> None:
    seen = _pictures(read)
    shown = slides.photograph([slides.svg(things, icons) for things in seen], folder)
    sound = folder / "voice.wav"
    encode.write_sound(narration.samples(timeline), sound)
    encode.write_video(list(zip(shown, narration.line_durations_ms(timeline), strict=True)), sound, file)


if __name__ == "__main__":
    main()
