"""The kinds of question, one file each. A new kind is a new file and a line here."""

from polylect.exercises.kinds.annotation import Annotation
from polylect.exercises.kinds.arrangement import ArrangementAnalysis
from polylect.exercises.kinds.checkboxes import Checkboxes
from polylect.exercises.kinds.choice_text import ChoiceText
from polylect.exercises.kinds.contrast import Contrast
from polylect.exercises.kinds.custom import Custom
from polylect.exercises.kinds.dropdown import Dropdowns
from polylect.exercises.kinds.formula import Formula
from polylect.exercises.kinds.image import Image
from polylect.exercises.kinds.matrix import Matrix
from polylect.exercises.kinds.missing import MissingCondition
from polylect.exercises.kinds.multiple_choice import MultipleChoice
from polylect.exercises.kinds.number import Number
from polylect.exercises.kinds.repair import Repair
from polylect.exercises.kinds.sort import Sort
from polylect.exercises.kinds.symbolic import Symbolic
from polylect.exercises.kinds.text import Text
from polylect.exercises.kinds.true_false import TrueFalse
from polylect.exercises.question import Question

KINDS: tuple[type[Question], ...] = (
    MultipleChoice,
    Checkboxes,
    Dropdowns,
    Number,
    Formula,
    Symbolic,
    Text,
    Custom,
    TrueFalse,
    ChoiceText,
    Image,
    Annotation,
    ArrangementAnalysis,
    Repair,
    MissingCondition,
    Sort,
    Contrast,
    Matrix,
)
