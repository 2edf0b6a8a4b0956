"""The app's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "polylect_web.courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """A person may take along what they published."""
        from polylect_web.accounts import export
        from polylect_web.courses.export import tables

        export.hooks.append(tables)
