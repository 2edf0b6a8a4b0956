"""The app's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class MachineConfig(AppConfig):
    name = "polylect_web.machine"
    default_auto_field = "django.db.models.BigAutoField"
