"""A learner's pages. A run is named ORG+CODE+RUN; what belongs to a unit lies below its address."""

from django.urls import path

from polylect_web.courses import converters  # noqa: F401  (its kinds of addresses are known from here on)
from polylect_web.learn import views

_RUN = "<bcp47:language>/courses/<run:run_key>/"
_UNIT = f"{_RUN}<code:unit_code>/"

urlpatterns = [
    path("<bcp47:language>/courses/", views.catalogue, name="catalogue"),
    path("<bcp47:language>/progress/<run:run_key>/", views.progress, name="progress"),
    path("<bcp47:language>/unplaced/<run:run_key>/", views.unplaced, name="unplaced"),
    path(_RUN, views.about, name="about"),
    path(_UNIT, views.unit, name="unit"),
    path(f"{_UNIT}answer/<code:block_code>/", views.answer, name="answer"),
    path(f"{_UNIT}transcript/<code:block_code>/", views.transcript, name="transcript"),
    path(f"{_UNIT}captions/<code:block_code>/<bcp47:track_language>.<str:extension>", views.captions, name="captions"),
]
