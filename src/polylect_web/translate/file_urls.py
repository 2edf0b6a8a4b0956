"""The addresses of translations as files, included below `translate/`. A run is named ORG+CODE+RUN."""

from django.urls import path

from polylect_web.translate import file_views

_FILES = "<bcp47:target>/files/<run:run_key>/"

urlpatterns = [
    path(_FILES, file_views.translation_files, name="translation_files"),
    path(f"{_FILES}download/", file_views.download_translations, name="download_translations"),
    path(f"{_FILES}upload/", file_views.upload_translations, name="upload_translations"),
]
