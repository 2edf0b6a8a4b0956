"""The app's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "polylect_web.pages"
    default_auto_field = "django.db.models.BigAutoField"
