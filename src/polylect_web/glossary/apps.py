"""The app's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class GlossaryConfig(AppConfig):
    name = "polylect_web.glossary"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """A person may take along what they changed."""
        from polylect_web.accounts import export
        from polylect_web.glossary.export import tables

        export.hooks.append(tables)
