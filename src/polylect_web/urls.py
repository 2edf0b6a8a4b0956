"""The list of every app's addresses. What has no language comes first; a page's first part is its reading language."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("polylect_web.foundation.urls")),
    path("<bcp47:language>/", include("polylect_web.accounts.urls")),
    path("<bcp47:language>/", include("polylect_web.practice.urls")),
    path("<bcp47:language>/", include("polylect_web.glossary.urls")),
    path("<bcp47:language>/", include("polylect_web.memory.urls")),
    path("<bcp47:language>/translate/", include("polylect_web.translate.urls")),
    path("", include("polylect_web.learn.urls")),
    path("", include("polylect_web.pages.urls")),
]

handler400 = "polylect_web.pages.views.bad_request"
handler403 = "polylect_web.pages.views.refused"
handler404 = "polylect_web.pages.views.not_found"
handler500 = "polylect_web.pages.views.broken"
