import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState


class CreateClustered(migrations.CreateModel):
    """A table whose rows lie in its primary key. On SQLite the rows would else be there twice, in a table and in an
    index of it, and take twice as long to write; PostgreSQL has nothing of the kind."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor != "sqlite":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        schema_editor.execute(
            'CREATE TABLE "memory_gram" ("key" integer NOT NULL, "length" smallint NOT NULL,'
            ' "source_id" bigint NOT NULL, PRIMARY KEY ("key", "length", "source_id")) WITHOUT ROWID'
        )


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("courses", "0002_say_which_exercises_withhold_results"),
    ]

    operations = [
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=35)),
                ("text", models.TextField()),
                ("text_hash", models.CharField(max_length=32)),
                ("folded", models.TextField()),
                ("folded_hash", models.CharField(max_length=32)),
            ],
            options={
                "indexes": [models.Index(fields=["folded_hash"], name="memory_source_folded")],
                "constraints": [models.UniqueConstraint(fields=("text_hash", "language"), name="memory_source_once")],
            },
        ),
        CreateClustered(
            name="Gram",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key", "length", "source_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.IntegerField()),
                ("length", models.PositiveSmallIntegerField()),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="memory.source",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Remembered",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=35)),
                ("text", models.TextField()),
                ("text_hash", models.CharField(max_length=32)),
                ("folded", models.TextField()),
                ("is_secret", models.BooleanField(default=False)),
                ("used_count", models.PositiveIntegerField(default=1)),
                ("last_used_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="courses.course"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remembered",
                        to="memory.source",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["language", "-last_used_at"], name="memory_newest_first")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "language", "course", "text_hash"), name="memory_pair_once"
                    )
                ],
            },
        ),
    ]
