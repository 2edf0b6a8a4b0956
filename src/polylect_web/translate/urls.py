"""The workbench. A course is named by a run of it, ORG+CODE+RUN; `target` is the language translated into."""

from django.urls import include, path

from polylect_web.courses import converters  # noqa: F401  (its kinds of addresses are known from here on)
from polylect_web.translate import regroup_views, views

_COURSE = "<bcp47:target>/<run:run_key>/"
_LESSON = f"{_COURSE}<code:lesson_code>/"
_LINE = f"{_LESSON}<uuid:message>/"

urlpatterns = [
    path("", views.translate, name="translate"),
    path("", include("polylect_web.translate.file_urls")),
    path("", include("polylect_web.translate.review_urls")),
    path("", include("polylect_web.translate.improve_urls")),
    path("", include("polylect_web.translate.track_urls")),
    path("<run:run_key>/", views.translation_matrix, name="translation_matrix"),
    path(_COURSE, views.translation_course, name="translation_course"),
    path(_LESSON, views.translation_lesson, name="translation_lesson"),
    path(f"{_LESSON}news/", views.translation_news, name="translation_news"),
    path(_LINE, views.translation_line, name="translation_line"),
    path(f"{_LINE}check/", views.check_translation, name="check_translation"),
    path(f"{_LINE}machine/", views.ask_machine, name="ask_machine"),
    path(f"{_LINE}sentences/", regroup_views.regroup_sentences, name="regroup_sentences"),
    path(f"{_LINE}remark/", views.remark_on_translation, name="remark_on_translation"),
]
