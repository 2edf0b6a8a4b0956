"""Whether somebody is named where learners read what they translated. All are, until they say otherwise."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0003_find_what_can_be_forgotten")]

    operations: ClassVar = [
        migrations.AddField(model_name="person", name="is_credited", field=models.BooleanField(default=True)),
    ]
