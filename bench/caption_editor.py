"""Measures the caption editor on tracks of a hundred, a thousand and five thousand cues.

    .venv/bin/python bench/caption_editor.py

It uses a database of its own in a folder that goes afterwards, and asks without a network in between: processor time is
that of the whole request.
"""

import gzip
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROUNDS = 15
SIZES = (100, 1000, 5000)
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))


def main() -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory(prefix="polylect-bench-") as folder:
        os.environ |= {"POLYLECT_DATA": folder, "DJANGO_SETTINGS_MODULE": "polylect_web.settings"}
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ALLOWED_HOSTS = ["testserver"]
        call_command("migrate", verbosity=0)
        print(
            f"{'cues':>6} {'page':>9} {'on the wire':>12} {'open':>9} {'nudge':>9} {'on the wire':>12} {'publish':>9}"
        )
        for size in SIZES:
            _measure(size)


def _measure(size: int) -> None:
    from polylect.captions.track import Cue, Track
    from polylect_web.courses import drafts
    from polylect_web.translate import track_page
    from web.translate import track_builders as editor

    words = "Cue number {} of the film goes on,\nand has a second line."
    run = editor.with_film(Track(tuple(Cue(3000 * at, 3000 * at + 2900, words.format(at)) for at in range(size))))
    client, middle = editor.author(), size // 2
    someone = editor.draft_of("author", run)
    editor.sent(client, "keep", {"text-0": f"The first of {size}."})
    page = client.get(f"{editor.EDITOR}?cue={middle}")

    def nudge() -> object:
        known = drafts.find(someone)
        fields = {
            "seen": known.revision if known else 0,
            "cue": middle,
            "first": middle // track_page.ON_A_PAGE * track_page.ON_A_PAGE,
        }
        way = "+" if fields["seen"] % 2 else "-"
        return client.post(editor.EDITOR, fields | {"act": f"start:{way}"}, headers=editor.FOR_SCRIPT)

    opened = _cpu_ms(lambda: client.get(f"{editor.EDITOR}?cue={middle}"))
    nudged = _cpu_ms(nudge)
    answer = nudge()
    published = _cpu_ms(lambda: editor.sent(client, "publish"), rounds=1)
    weights = [_kb(page.content), _kb(gzip.compress(page.content))]
    print(
        f"{size:6} {weights[0]:6.1f} kB {weights[1]:9.1f} kB {opened:6.0f} ms {nudged:6.0f} ms "
        f"{_kb(gzip.compress(answer.content)):9.1f} kB {published:6.0f} ms"
    )


def _cpu_ms(ask: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The middle one of so many."""
    took = []
    for _ in range(rounds):
        began = time.process_time()
        ask()
        took.append((time.process_time() - began) * 1000)
    return statistics.median(took)


def _kb(content: bytes) -> float:
    return len(content) / 1000


if __name__ == "__main__":
    main()
