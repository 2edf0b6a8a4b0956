"""Addresses that have no language."""

from django.urls import path

from polylect_web.foundation import views

urlpatterns = [
    path("", views.root, name="root"),
    path("healthz", views.healthz, name="healthz"),
]
