"""The page that judges a case, and the register. Included below the reading language."""

from django.urls import path

from polylect_web.practice import views

urlpatterns = [
    path("partnership/", views.partnership, name="partnership"),
    path("partnership/file/", views.case_file, name="case_file"),
    path("partnership/keep/", views.keep, name="keep"),
    path("partnerships/", views.partnerships, name="partnerships"),
    path("partnerships/reminders/", views.reminders, name="reminders"),
    path("partnerships/table/", views.partnerships_table, name="partnerships_table"),
    path("partnerships/import/", views.import_partnerships, name="import_partnerships"),
    path("partnerships/new/", views.new_case, name="new_case"),
    path("partnerships/<uuid:uuid>/", views.case, name="case"),
    path("partnerships/<uuid:uuid>/edit/", views.edit_case, name="edit_case"),
    path("partnerships/<uuid:uuid>/delete/", views.delete_case, name="delete_case"),
    path("partnerships/<uuid:uuid>/share/", views.share_case, name="share_case"),
    path("partnerships/<uuid:uuid>/unshare/", views.unshare_case, name="unshare_case"),
]
