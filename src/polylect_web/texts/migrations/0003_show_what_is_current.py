"""What was current so far is what learners see; every text's words are counted, and texts that say the same can be found."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

from polylect.messages.words import count
from polylect_web.texts.models import likeness_of

_AT_ONCE = 1000


def show(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("texts", "TranslationUnit").objects.filter(shown=None).update(shown=F("current"))


def look_at_texts(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    message = apps.get_model("texts", "Message")
    rows = []
    for row in message.objects.filter(likeness="").only("pk", "text").iterator(_AT_ONCE):
        row.words, row.likeness = count(row.text), likeness_of(row.text)
        rows.append(row)
    message.objects.bulk_update(rows, ["words", "likeness"], batch_size=_AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("texts", "0002_what_is_shown_and_suggested")]

    operations = [
        migrations.RunPython(show, migrations.RunPython.noop),
        migrations.RunPython(look_at_texts, migrations.RunPython.noop),
    ]
