"""What learners see of a sentence is cut as its writer saw it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("texts", "0003_show_what_is_current")]

    operations = [
        migrations.AddField(model_name="target", name="borders", field=models.JSONField(null=True)),
    ]
