"""Real Open edX exports: all of them publishes, reads back equal, and can be read in any language."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from polylect.course import walk
from polylect.messages import bundle, wikilearn
from polylect_web import given
from polylect_web.courses import queries
from polylect_web.courses.models import Version
from polylect_web.texts import actions as texts
from polylect_web.texts import queries as reading

pytestmark = [pytest.mark.django_db, pytest.mark.shared]

EXPORTS = {"demo-course": 58, "supported-components": 0, "kitchen-sink": 16}


@pytest.mark.parametrize(("name", "units"), EXPORTS.items())
def test_a_real_export_publishes_and_reads_back(shared: Path, name: str, units: int) -> None:
    with given.read(shared / "courses" / f"{name}.tar.gz") as read:
        assert read.course is not None
        version = texts.publish(read.course, read.files, issues=read.issues).version
    whole = queries.course_tree(version)
    assert replace(whole, assets=()) == replace(read.course, assets=())
    assert {asset.path for asset in whole.assets} == {asset.path for asset in read.course.assets}
    assert len(list(queries.outline(version).units())) == len(list(walk.units(read.course))) == units
    read_every_unit(version)


def read_every_unit(version: Version) -> None:
    """In a language that nobody has translated into, so that every text is marked as the source's."""
    for unit in queries.outline(version).units():
        found = reading.read_unit(version, unit, "ar")
        assert set(found.blocks) == {block.code for block in unit.all_blocks()}
        assert all(block.untranslated == block.texts for block in found.blocks.values())


def test_a_real_bundle_goes_out_again_as_it_came(shared: Path) -> None:
    path = shared / "bundles" / "what-is-a-partnership.json"
    with given.read(path) as read:
        assert read.course is not None
        version = texts.publish(read.course, issues=read.issues).version
    written, issues = bundle.write(wikilearn.bundle_from_course(queries.course_tree(version)))
    assert not issues
    assert json.loads(written) == json.loads(path.read_text(encoding="utf-8"))
    assert list(json.loads(written)) == list(json.loads(path.read_text(encoding="utf-8")))
