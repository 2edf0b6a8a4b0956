"""What a partnership is, as a judge: from who takes part, what each puts in and gets out, and how their goals meet.

`form.parse` reads an arrangement from plain data and `form.write` gives it back. `judge` says what kind it is, by which
row of the table, and because of which cells; `nearest` what is missing. `explained` and its neighbors put both into
sentences that any language can say (`polylect.sentences`)::

    arrangement, issues = parse(data)
    judgement = judge(arrangement)
    judgement.kind                       # Kind.DONATION
    english(explained(judgement))        # This is a donation: …
    nearest(arrangement).size            # 2

Why the definition is as it is: docs/explanation/partnership.md.
"""

from polylect.partnership.arrangement import (
    FEE,
    MOST_SIDES,
    THANKS,
    Arrangement,
    Cell,
    Overlap,
    Part,
    Side,
    SideKind,
)
from polylect.partnership.explaining import (
    Reason,
    condition_sentences,
    english,
    explained,
    gain_label,
    investment_label,
    label,
    nearest_sentences,
    nothing_label,
    otherwise,
    reasons,
    side_name,
    step_sentences,
    verdict,
)
from polylect.partnership.form import parse, parse_values, write, write_values
from polylect.partnership.judging import (
    Condition,
    ConditionName,
    Judgement,
    Kind,
    Row,
    State,
    judge,
    kind_of,
    satisfies,
)
from polylect.partnership.nearest import Change, Nearest, Option, Step, apply, nearest, new_side_id
from polylect.partnership.values import STANDARD, Value, Values

__all__ = [
    "FEE",
    "MOST_SIDES",
    "STANDARD",
    "THANKS",
    "Arrangement",
    "Cell",
    "Change",
    "Condition",
    "ConditionName",
    "Judgement",
    "Kind",
    "Nearest",
    "Option",
    "Overlap",
    "Part",
    "Reason",
    "Row",
    "Side",
    "SideKind",
    "State",
    "Step",
    "Value",
    "Values",
    "apply",
    "condition_sentences",
    "english",
    "explained",
    "gain_label",
    "investment_label",
    "judge",
    "kind_of",
    "label",
    "nearest",
    "nearest_sentences",
    "new_side_id",
    "nothing_label",
    "otherwise",
    "parse",
    "parse_values",
    "reasons",
    "satisfies",
    "side_name",
    "step_sentences",
    "verdict",
    "write",
    "write_values",
]
