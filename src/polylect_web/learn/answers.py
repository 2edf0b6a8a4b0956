"""When a learner may see the answer of an exercise: the author's choice, in Open edX's words.

The words and their meaning follow "Show Answer" in Open edX's guide for course authors. "Answered" and "attempted" are
the same here, for nothing but a new answer takes an answer back.
"""

from polylect.course import tree
from polylect_web.grading.queries import Standing


def may_see_answer(exercise: tree.Exercise, standing: Standing, *, is_past_due: bool) -> bool:
    """Whether the answer may be shown now. An unknown word is taken as "finished"."""
    is_tried = standing.attempts > 0
    is_right = standing.grade is not None and standing.grade.is_correct
    is_used_up = is_tried and standing.attempts_left == 0
    allowed = {
        "always": True,
        "never": False,
        "answered": is_tried,
        "attempted": is_tried or is_past_due,
        "attempted_no_past_due": is_tried,
        "closed": is_used_up or is_past_due,
        "finished": is_right or is_used_up or is_past_due,
        "correct_or_past_due": is_right or is_past_due,
        "past_due": is_past_due,
        "after_all_attempts": is_used_up,
        "after_all_attempts_or_correct": is_used_up or is_right,
    }
    return allowed.get(exercise.show_answer, allowed["finished"])
