"""The app's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "polylect_web.texts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """A person may take along what they wrote."""
        from polylect_web.accounts import export
        from polylect_web.texts.export import tables

        export.hooks.append(tables)
