"""The app's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "polylect_web.texts"
    default_auto_field = "django.db.models.BigAutoField"
