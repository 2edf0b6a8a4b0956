"""The app's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class TranslateConfig(AppConfig):
    name = "polylect_web.translate"
    default_auto_field = "django.db.models.BigAutoField"
