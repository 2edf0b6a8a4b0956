"""The addresses of the caption editor, included below `translate/`. A run is named ORG+CODE+RUN."""

from django.urls import path

from polylect_web.translate import track_views

_TRACK = "captions/<run:run_key>/<code:block_code>/<bcp47:track_language>/"

urlpatterns = [
    path("captions/<run:run_key>/", track_views.caption_tracks, name="caption_tracks"),
    path(_TRACK, track_views.caption_track, name="caption_track"),
    path(f"{_TRACK}file/", track_views.caption_file, name="caption_file"),
    path(f"{_TRACK}import/", track_views.import_captions, name="import_captions"),
]
