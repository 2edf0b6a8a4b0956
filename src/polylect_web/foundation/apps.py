"""The app's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "polylect_web.foundation"
    default_auto_field = "django.db.models.BigAutoField"
