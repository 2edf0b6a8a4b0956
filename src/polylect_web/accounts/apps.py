"""The app's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "polylect_web.accounts"
    default_auto_field = "django.db.models.BigAutoField"
