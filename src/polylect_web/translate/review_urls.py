"""The addresses of reviewers, and of those who decide for a course, included below `translate/`. A run is named
ORG+CODE+RUN."""

from django.urls import path

from polylect_web.translate import author_views, choice_views, regroup_views, review_views

_CHOICE = "<bcp47:target>/choice/<run:run_key>/"

urlpatterns = [
    path("<bcp47:target>/review/", review_views.review, name="review"),
    path("changes/<run:run_key>/", author_views.changed_texts, name="changed_texts"),
    path("sentences/<run:run_key>/", regroup_views.sentence_wishes, name="sentence_wishes"),
    path(_CHOICE, choice_views.language_choice, name="language_choice"),
    path(f"{_CHOICE}name/", choice_views.name_translator, name="name_translator"),
    path(f"{_CHOICE}end/", choice_views.end_role, name="end_role"),
]
