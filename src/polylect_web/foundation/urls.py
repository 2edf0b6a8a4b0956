"""Addresses that have no language: whether the site is alive."""

from django.urls import path

from polylect_web.foundation import views

urlpatterns = [path("healthz", views.healthz, name="healthz")]
