"""The voice: flite, sentence by sentence, with the time of every sound, so that captions are measured, not guessed."""

import subprocess
import tempfile
import wave
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .script import Voice

SAMPLE_RATE = 16_000
"""Of flite's voices: samples a second, 16 bits each, one channel."""
_SILENCE = "pau"
_MARGIN_MS = 40
"""What is kept of the silence around a sentence, so that no sound is clipped."""


@dataclass(frozen=True)
class Spoken:
    """A sentence as spoken, without the silence around it."""

    voice: Voice
    samples: bytes
    sounds: tuple[tuple[str, int], ...]
    """Each sound and the millisecond at which it ends; pauses are sounds too."""

    @property
    def duration_ms(self) -> int:
        return duration_ms(self.samples)

    @cached_property
    def _spoken_sounds(self) -> list[int]:
        return [number for number, (name, _) in enumerate(self.sounds) if name != _SILENCE]

    def time_after_ms(self, head: str) -> int:
        """When the words of `head`, the beginning of the sentence, have been said and the pause after them is over."""
        count = sum(name != _SILENCE for name, _ in _sounds(head, self.voice))
        number = self._spoken_sounds[count - 1]
        is_pause = self.sounds[number + 1][0] == _SILENCE
        return self.sounds[number + is_pause][1]


def speak(text: str, voice: Voice) -> Spoken:
    """Says a sentence. Needs the program flite."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sentence.wav"
        sounds = _sounds(text, voice, file)
        with wave.open(str(file)) as sound:
            samples = sound.readframes(sound.getnframes())
    start_ms = max(0, sounds[0][1] - _MARGIN_MS)
    end_ms = sounds[-2][1] + _MARGIN_MS
    kept = samples[_offset(start_ms) : _offset(end_ms)]
    return Spoken(voice, kept, tuple((name, ended - start_ms) for name, ended in sounds[1:-1]))


def duration_ms(samples: bytes | bytearray) -> int:
    return len(samples) * 1000 // (2 * SAMPLE_RATE)


def silence(duration_ms: int) -> bytes:
    return bytes(_offset(duration_ms))


def _offset(time_ms: int) -> int:
    return time_ms * SAMPLE_RATE // 1000 * 2


def _sounds(text: str, voice: Voice, file: Path | None = None) -> list[tuple[str, int]]:
    """The sounds of a text with the millisecond at which each ends: a pause first, a pause last."""
    manner = ["-voice", voice.name, "--setf", f"duration_stretch={voice.stretch}"]
    spelled = text.replace("’", "'")
    done = subprocess.run(
        ["flite", *manner, "-psdur", "-o", str(file or "none"), "-t", spelled],
        check=True,
        capture_output=True,
        text=True,
    )
    pairs = [item.rsplit(":", 1) for item in done.stdout.split()]
    return [(name, round(float(seconds) * 1000)) for name, seconds in pairs]
