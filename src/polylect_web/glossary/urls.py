"""The pages of the glossary. Included below the reading language; `target` is the language that is translated into."""

from django.urls import path

from polylect_web.glossary import views

_PREFIX = "translate/<bcp47:target>/glossary"

urlpatterns = [
    path(f"{_PREFIX}/", views.glossary, name="glossary"),
    path(f"{_PREFIX}/table/", views.glossary_table, name="glossary_table"),
    path(f"{_PREFIX}/import/", views.import_glossary, name="import_glossary"),
    path(f"{_PREFIX}/new/", views.new_term, name="new_term"),
    path(f"{_PREFIX}/<uuid:uuid>/", views.term, name="term"),
    path(f"{_PREFIX}/<uuid:uuid>/forms/", views.set_forms, name="set_forms"),
    path(f"{_PREFIX}/<uuid:uuid>/edit/", views.edit_term, name="edit_term"),
    path(f"{_PREFIX}/<uuid:uuid>/remove/", views.remove_term, name="remove_term"),
]
