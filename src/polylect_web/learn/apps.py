"""The app's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class LearnConfig(AppConfig):
    name = "polylect_web.learn"
    default_auto_field = "django.db.models.BigAutoField"
