"""The app's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class MemoryConfig(AppConfig):
    name = "polylect_web.memory"
    default_auto_field = "django.db.models.BigAutoField"
