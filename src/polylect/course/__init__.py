"""The course as a tree in frozen dataclasses, its stored form, its files.

`tree` holds the data, `walk` goes through it, `stored` makes bytes of it and back, `files` opens what somebody gave us.
"""
