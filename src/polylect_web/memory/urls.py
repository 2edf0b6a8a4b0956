"""The page of the translation memory. Included below the reading language."""

from django.urls import path

from polylect_web.memory import views

urlpatterns = [path("translate/<bcp47:target>/memory/", views.memory, name="memory")]
