"""The app's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class GradingConfig(AppConfig):
    name = "polylect_web.grading"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """A guest's work joins the account that they sign in to; a person may take theirs along."""
        from polylect_web.accounts import actions, export
        from polylect_web.grading.export import tables
        from polylect_web.grading.merging import merge

        actions.merge_hooks.append(merge)
        export.hooks.append(tables)
