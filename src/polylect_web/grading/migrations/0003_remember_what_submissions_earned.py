"""Fills in what earlier submissions earned, from their grades. There is nothing to take back: the columns go."""

from typing import Any

from django.db import migrations


def remember(apps: Any, schema_editor: Any) -> None:
    states = apps.get_model("grading", "ExerciseState").objects
    submissions = apps.get_model("grading", "Submission").objects
    for state in states.order_by("pk").iterator(500):
        rows = submissions.filter(state=state).order_by("number").values_list("grade", flat=True)
        grades = [grade["value"] for grade in rows]
        points = [grade["points"] for grade in grades]
        if points:
            states.filter(pk=state.pk).update(
                of_points=grades[-1]["possible"],  # the state has no grade after starting over
                first_points=points[0],
                last_points=points[-1],
                highest_points=max(points),
                total_points=sum(points),
            )


class Migration(migrations.Migration):
    dependencies = [
        ("grading", "0002_save_answers_and_start_over"),
    ]

    operations = [
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
