"""The list of every app's addresses. What has no language comes first; a page's first part is its language."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("polylect_web.foundation.urls")),
]
