"""The app's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "polylect_web.practice"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """A person may take their register along. Guests have none, so that nothing is to be merged."""
        from polylect_web.accounts import export
        from polylect_web.practice.export import tables

        export.hooks.append(tables)
