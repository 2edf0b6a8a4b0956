"""The addresses of reviewers, and of those who decide for a course, included below `translate/`. A run is named
ORG+CODE+RUN."""

from django.urls import path

from polylect_web.translate import review_views

urlpatterns = [
    path("<bcp47:target>/review/", review_views.review, name="review"),
]
