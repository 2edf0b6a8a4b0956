"""The app's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "polylect_web.courses"
    default_auto_field = "django.db.models.BigAutoField"
