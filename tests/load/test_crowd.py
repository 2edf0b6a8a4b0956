"""Twenty learners at once: nobody is turned away, and what was acknowledged is kept, whatever dies."""

import json
import time
from collections import defaultdict

import pytest
from own_database import connected
from running_site import RunningSite

from load.crowd import RIGHT, Learner, after, crowd, studying

pytestmark = pytest.mark.database

LEARNERS = 20
KEPT = """
    SELECT person.username, submission.number, CAST(submission.responses AS text), submission.points
    FROM grading_submission AS submission
    JOIN grading_exercisestate AS state ON state.id = submission.state_id
    JOIN grading_enrolment AS enrolment ON enrolment.id = state.enrolment_id
    JOIN accounts_person AS person ON person.id = enrolment.person_id
    WHERE state.block_code = 'count' ORDER BY submission.number
"""
SCORES = """
    SELECT person.username, score.points FROM grading_score AS score
    JOIN grading_exercisestate AS state ON state.id = score.state_id
    JOIN grading_enrolment AS enrolment ON enrolment.id = state.enrolment_id
    JOIN accounts_person AS person ON person.id = enrolment.person_id
    WHERE state.block_code = 'count'
"""


def kept(site: RunningSite) -> dict[str, list[tuple[int, int, float]]]:
    """By learner: the number of each submission, what was typed, and its points."""
    found = defaultdict(list)
    with connected(site.database) as database:
        for name, number, responses, points in database.execute(KEPT):
            (typed,) = _typed(json.loads(responses))
            found[name].append((number, int(typed), points))
    return found


def scores(site: RunningSite) -> dict[str, float]:
    with connected(site.database) as database:
        return dict(database.execute(SCORES).fetchall())


def hold(site: RunningSite, learners: list[Learner], *, unheard: int) -> None:
    """All that was acknowledged is there, once and with its points; and so many more for each learner at most."""
    submissions, points = kept(site), scores(site)
    for learner in learners:
        mine = submissions[learner.name]
        assert [number for number, _, _ in mine] == list(range(1, len(mine) + 1))
        typed = [typed for _, typed, _ in mine]
        assert typed[: len(learner.acknowledged)] == learner.acknowledged
        assert len(typed) <= len(learner.acknowledged) + unheard
        assert [earned for _, _, earned in mine] == [float(one == RIGHT) for one in typed]
        if mine:
            assert points[learner.name] == float(RIGHT in typed)


def _typed(stored: object) -> list[str]:
    """What was typed, wherever the library's stored form keeps it."""
    if isinstance(stored, dict):
        here = stored.get("typed")
        return list(here) if here is not None else [text for value in stored.values() for text in _typed(value)]
    return [text for value in stored for text in _typed(value)] if isinstance(stored, list) else []


@pytest.mark.parametrize("seconds", [8, pytest.param(30, marks=pytest.mark.long)])
def test_twenty_learners_at_once_are_all_served_and_nothing_is_lost(site: RunningSite, seconds: float) -> None:
    learners = crowd(site, LEARNERS)
    for thread in studying(learners, after(seconds)):
        thread.join()
    assert [learner.trouble for learner in learners] == [[]] * LEARNERS
    assert all(learner.acknowledged for learner in learners)
    hold(site, learners, unheard=0)
    assert "locked" not in site.log.read_text()
    assert "Traceback" not in site.log.read_text()


@pytest.mark.parametrize("kills", [1, pytest.param(3, marks=pytest.mark.long)])
def test_a_site_that_is_killed_keeps_every_answer_that_it_acknowledged(site: RunningSite, kills: int) -> None:
    everybody = []
    for kill in range(kills):
        learners = crowd(site, LEARNERS, first=kill * LEARNERS)
        everybody += learners
        threads = studying(learners, lambda: False)
        while sum(len(learner.acknowledged) for learner in learners) < 100:
            assert any(thread.is_alive() for thread in threads), [learner.trouble for learner in learners]
            time.sleep(0.01)
        site.kill()
        for thread in threads:
            thread.join()
        site.start()
        hold(site, everybody, unheard=1)
