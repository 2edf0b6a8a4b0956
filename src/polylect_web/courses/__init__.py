"""Courses, runs, versions, contents and assets. It leaves translations to `texts`."""
