"""What opens to each learner some days after their first answer in another subsection."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from polylect_web.courses.outline import Subsection, Unit
from polylect_web.grading import queries as grading
from polylect_web.learn.study import Study


@dataclass(frozen=True)
class Waiting:
    """Why a learner cannot read a unit yet. `opens_at`: when they can; None: they have answered nothing in `after`."""

    after: Subsection
    days: int
    opens_at: datetime | None


def waiting_for(study: Study, unit: Unit) -> Waiting | None:
    """What this reader waits for before the unit opens; None if it is open. Staff never wait. One query where there is
    something to wait for, and none elsewhere."""
    path = study.outline.path_to(unit.code)
    if study.may_see_hidden or path is None or not path[1].opens_after:
        return None
    subsection = path[1]
    after = next((one for one in study.outline.subsections() if one.code == subsection.opens_after), None)
    if after is None:  # hidden from learners: nothing that they could do
        return None
    exercises = [block.code for one in after.units for block in one.all_blocks() if block.kind == "exercise"]
    first_at = grading.first_answer_at(study.person, study.run, exercises)
    opens_at = first_at and first_at + timedelta(days=subsection.opens_after_days)
    return None if opens_at and study.now >= opens_at else Waiting(after, subsection.opens_after_days, opens_at)
