"""Practitioners: the page that judges their own case, and the register of the cases they keep.

The page keeps nothing: a case is posted, judged by the library (`polylect.partnership`) and forgotten. What somebody
keeps is a `Case` of theirs, private until they share it by name. This app knows people and nothing of courses.
"""
