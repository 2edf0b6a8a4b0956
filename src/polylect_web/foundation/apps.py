"""The app's entry in INSTALLED_APPS."""

from django.apps import AppConfig
from django.urls import register_converter


class FoundationConfig(AppConfig):
    name = "polylect_web.foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from polylect_web.foundation.languages import LanguageConverter

        register_converter(LanguageConverter, "bcp47")
