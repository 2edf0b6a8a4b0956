"""Where learners send what would be better in a lesson that they read in translation."""

from django.urls import path

from polylect_web.courses import converters  # noqa: F401  (its kinds of addresses are known from here on)
from polylect_web.translate import improve_views

urlpatterns = [
    path("improve/<run:run_key>/<code:unit_code>/", improve_views.improvable_texts, name="improvable_texts"),
    path("improve/<run:run_key>/<code:unit_code>/<uuid:message>/", improve_views.improve_text, name="improve_text"),
]
