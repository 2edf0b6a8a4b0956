"""The app's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class GradingConfig(AppConfig):
    name = "polylect_web.grading"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """A guest's work joins the account that they sign in to."""
        from polylect_web.accounts import actions as accounts
        from polylect_web.grading.actions import merge

        accounts.merge_hooks.append(merge)
