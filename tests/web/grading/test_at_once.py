"""Many answer at once, and some processes are killed: nothing is lost that was acknowledged."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from own_database import connected, own_database

pytestmark = pytest.mark.database

SCRIPT = Path(__file__).with_name("answering.py")


@dataclass(frozen=True)
class Site:
    """A site in a folder, with a published exercise."""

    folder: Path
    database: str


def start(site: Site, *arguments: str) -> "subprocess.Popen[str]":
    settings = {"POLYLECT_DATA": str(site.folder), "POLYLECT_DATABASE_URL": site.database}
    environment = os.environ | settings | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path, own_database(tmp_path))
    process = start(made, "prepare")
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    return made


def numbers_kept(site: Site, learner: str) -> list[int]:
    with connected(site.database) as database:
        rows = database.execute(
            "SELECT p.username, s.number FROM grading_submission s JOIN grading_exercisestate e ON e.id = s.state_id"
            " JOIN grading_enrolment n ON n.id = e.enrolment_id JOIN accounts_person p ON p.id = n.person_id"
            " ORDER BY s.number"
        )
        return [number for name, number in rows if name == learner]


def test_processes_that_answer_at_once_wait_for_each_other(site: Site) -> None:
    """Two people, and one person in two windows."""
    processes = [start(site, name, "20") for name in ("one", "two", "together", "together")]
    said = [process.communicate(timeout=120) for process in processes]
    assert [errors for _, errors in said] == ["", "", "", ""]
    assert numbers_kept(site, "one") == list(range(1, 21))
    assert numbers_kept(site, "two") == list(range(1, 21))
    assert numbers_kept(site, "together") == list(range(1, 41))
    assert sorted(int(line) for out, _ in said[2:] for line in out.split()) == list(range(1, 41))


def test_a_process_killed_while_answering_loses_nothing_it_had_acknowledged(site: Site) -> None:
    process = start(site, "one", "100000")
    assert process.stdout is not None
    heard = [int(process.stdout.readline()) for _ in range(30)]
    process.kill()
    rest, _ = process.communicate(timeout=60)
    heard += [int(line) for line in rest.split("\n")[:-1]]
    kept = numbers_kept(site, "one")
    assert kept[: len(heard)] == heard
    assert len(kept) - len(heard) in (0, 1)  # one may have been kept and not yet acknowledged
