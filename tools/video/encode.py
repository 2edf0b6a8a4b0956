"""Joins pictures and voice with ffmpeg: WebM with VP9 and Opus, as every browser of today plays it."""

import subprocess
import wave
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from .voice import SAMPLE_RATE

FRAMES_PER_SECOND = 12
_KEYFRAME_FRAMES = 48
"""A keyframe every 4 seconds, so that a jump into the video shows its place at once."""
_FADE_FRAMES = 4
_COLORS = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"
"""What players take a picture of this size for; said in the file, too."""


def write_sound(samples: bytes, file: Path) -> None:
    """Writes the voice as a WAV file."""
    with wave.open(str(file), "wb") as sound:
        sound.setparams((1, 2, SAMPLE_RATE, 0, "NONE", "not compressed"))
        sound.writeframes(samples)


def write_video(pictures: Sequence[tuple[Path, int]], sound: Path, file: Path) -> None:
    """Writes the video. `pictures` are PNG files, each with the milliseconds that it is seen.

    Averaging a few neighboring frames turns every cut into a short fade. The voice is brought to -18 LUFS.
    """
    listing = sound.with_name("pictures.txt")
    lines = [f"file '{picture}'\nduration {shown_ms / 1000}\n" for picture, shown_ms in pictures]
    listing.write_text("".join([*lines, f"file '{pictures[-1][0]}'\n"]))  # the list's last duration is never read
    duration_ms = sum(shown_ms for _, shown_ms in pictures)
    _ffmpeg(
        ["-f", "concat", "-safe", "0", "-i", str(listing), "-i", str(sound)],
        ["-vf", f"fps={FRAMES_PER_SECOND},tmix=frames={_FADE_FRAMES},{_COLORS}"],
        ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"],
        ["-af", "highpass=f=70,loudnorm=I=-18:TP=-2:LRA=11,aresample=48000"],
        ["-c:v", "libvpx-vp9", "-crf", "33", "-b:v", "0", "-g", str(_KEYFRAME_FRAMES), "-row-mt", "1"],
        ["-deadline", "good", "-cpu-used", "2", "-c:a", "libopus", "-b:a", "32k", "-ac", "1"],
        ["-map_metadata", "-1", "-fflags", "+bitexact", "-t", str(duration_ms / 1000), str(file)],
    )


def write_picture(picture: Path, file: Path, quality: int) -> None:
    """Turns a PNG file into WebP; `quality` from 0 to 100."""
    _ffmpeg(["-i", str(picture)], ["-c:v", "libwebp", "-quality", str(quality), str(file)])


def _ffmpeg(*arguments: list[str]) -> None:
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", *chain(*arguments)], check=True)
