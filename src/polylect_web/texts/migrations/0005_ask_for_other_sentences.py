"""Translators ask for sentences of captions to be joined or parted."""

from django.db import migrations, models

_ASKS = [("join", "Join"), ("part", "Part")]


class Migration(migrations.Migration):
    dependencies = [("texts", "0004_keep_the_cuts_that_a_writer_saw")]

    operations = [
        migrations.AddField("remark", "asks", models.CharField(blank=True, choices=_ASKS, default="", max_length=5)),
        migrations.AddField("remark", "source_text", models.TextField(blank=True, default="")),
        migrations.AddField("remark", "place", models.PositiveIntegerField(null=True)),
    ]
