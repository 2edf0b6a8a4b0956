"""Enrolments, attempts, submissions, scores and grades; merging a guest's work."""
