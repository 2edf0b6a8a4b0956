"""Home, privacy, and the gallery of page parts."""

from django.urls import path

from polylect_web.pages import views

urlpatterns = [
    path("<bcp47:language>/", views.home, name="home"),
    path("<bcp47:language>/privacy/", views.privacy, name="privacy"),
    path("<bcp47:language>/gallery/", views.gallery, name="gallery"),
]
