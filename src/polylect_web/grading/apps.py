"""The app's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class GradingConfig(AppConfig):
    name = "polylect_web.grading"
    default_auto_field = "django.db.models.BigAutoField"
