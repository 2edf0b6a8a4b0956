"""Settings from the environment: each is documented, and a bad one says what is wrong."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from polylect_web import settings
from polylect_web.environment import Environment

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "settings.md"


def documented() -> set[str]:
    return set(re.findall(r"^## `(POLYLECT_\w+)`", PAGE.read_text("utf-8"), flags=re.MULTILINE))


def test_every_setting_is_documented_and_nothing_else() -> None:
    assert documented() == set(settings.environment.names)


def test_each_setting_is_read_once() -> None:
    assert len(settings.environment.names) == len(set(settings.environment.names))


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "POLYLECT_DEBUG",
            "maybe",
            "POLYLECT_DEBUG is 'maybe'; it must be one of 1, true, yes, on or 0, false, no, off.",
        ),
        ("POLYLECT_WORKERS", "0", "POLYLECT_WORKERS is '0'; it must be a whole number from 1 to 64."),
        ("POLYLECT_WORKERS", "two", "POLYLECT_WORKERS is 'two'; it must be a whole number from 1 to 64."),
        ("POLYLECT_ADDRESS", "8000", "POLYLECT_ADDRESS is '8000'; it must be an address and a port"),
        ("POLYLECT_ADDRESS", "::1:99999", "POLYLECT_ADDRESS is '::1:99999'; it must be an address and a port"),
        (
            "POLYLECT_DATABASE_URL",
            "mysql://root:secret@h/x",
            "POLYLECT_DATABASE_URL is 'mysql://…'; it must be sqlite:///",
        ),
        ("POLYLECT_SECRET_KEY", "short", "POLYLECT_SECRET_KEY is '(not shown)'; it must be a secret of 32 characters"),
        ("POLYLECT_DATA", "/proc/nowhere", "POLYLECT_DATA is '/proc/nowhere'; it must be a folder"),
        ("POLYLECT_HOSTS", "https://example.org", "POLYLECT_HOSTS is 'https://example.org'; it must be names of hosts"),
        (
            "POLYLECT_MACHINE",
            "babelfish",
            "POLYLECT_MACHINE is 'babelfish'; it must be apertium, libretranslate+https://",
        ),
        ("POLYLECT_MACHINE", "mint+file:///etc", "POLYLECT_MACHINE is 'mint+file:///etc'; it must be apertium"),
        ("POLYLECT_MACHINE", "mint+https://a:b@c/", "POLYLECT_MACHINE is 'mint+https://a:b@c/'; it must be apertium"),
        ("POLYLECT_MACHINE", "apertium,apertium", "POLYLECT_MACHINE is 'apertium'; it must be apertium"),
    ],
)
def test_a_bad_value_stops_the_site_with_a_sentence(name: str, value: str, sentence: str, tmp_path: Path) -> None:
    variables = {"POLYLECT_DATA": str(tmp_path), name: value, "PATH": os.environ["PATH"]}
    started = subprocess.run(
        [sys.executable, "-c", "import polylect_web.settings"],
        env=variables,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert started.returncode == 1
    assert sentence in started.stderr.splitlines()[-1]
    assert "secret@" not in started.stderr


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    kept_in = tmp_path / "secret-key"
    first = Environment({}).secret("POLYLECT_SECRET_KEY", kept_in=kept_in)
    assert len(first) >= 50
    assert Environment({}).secret("POLYLECT_SECRET_KEY", kept_in=kept_in) == first
    assert stat.S_IMODE(kept_in.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [kept_in]


def test_an_empty_value_counts_as_unset() -> None:
    assert Environment({"POLYLECT_WORKERS": " "}).number("POLYLECT_WORKERS", default=3, least=1, most=9) == 3


@pytest.mark.parametrize(
    ("url", "name"), [("sqlite:///a/b.sqlite3", "a/b.sqlite3"), ("sqlite:////srv/b%20c.sqlite3", "/srv/b c.sqlite3")]
)
def test_sqlite_is_named_by_a_path(url: str, name: str) -> None:
    found = Environment({"POLYLECT_DATABASE_URL": url}).database("POLYLECT_DATABASE_URL", default=Path("x"))
    assert found["NAME"] == name


def test_postgresql_is_named_by_an_address() -> None:
    variables = {"POLYLECT_DATABASE_URL": "postgres://me:p%40ss@db:5433/poly?sslmode=require"}
    found = Environment(variables).database("POLYLECT_DATABASE_URL", default=Path("x"))
    assert {key: found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")} == {
        "NAME": "poly",
        "USER": "me",
        "PASSWORD": "p@ss",
        "HOST": "db",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_an_ipv6_address_is_written_in_brackets() -> None:
    assert Environment({"POLYLECT_ADDRESS": "[::1]:80"}).address("POLYLECT_ADDRESS", default="") == ("::1", 80)
    with pytest.raises(ImproperlyConfigured):
        Environment({"POLYLECT_ADDRESS": ":80"}).address("POLYLECT_ADDRESS", default="")


def test_machines_are_named_with_commas_between() -> None:
    value = "mint+https://translate.example.org/, apertium, libretranslate+http://[::1]:5000/lt/"
    assert Environment({"POLYLECT_MACHINE": value}).machines("POLYLECT_MACHINE") == (
        ("mint", "https://translate.example.org"),
        ("apertium", ""),
        ("libretranslate", "http://[::1]:5000/lt"),
    )
    assert Environment({}).machines("POLYLECT_MACHINE") == ()
