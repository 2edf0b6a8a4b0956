"""The app's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "polylect_web.texts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """A person may take along what they wrote, takes a guest's suggestions over, and is named as they like."""
        from polylect_web.accounts import actions, export
        from polylect_web.texts.crediting import name_anew
        from polylect_web.texts.export import tables
        from polylect_web.texts.merging import merge

        export.hooks.append(tables)
        actions.merge_hooks.append(merge)
        actions.naming_hooks.append(name_anew)
