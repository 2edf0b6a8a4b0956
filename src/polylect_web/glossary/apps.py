"""The app's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class GlossaryConfig(AppConfig):
    name = "polylect_web.glossary"
    default_auto_field = "django.db.models.BigAutoField"
