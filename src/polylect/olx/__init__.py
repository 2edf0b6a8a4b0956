"""Open edX's form of a course, OLX: `read` gives the tree of an export, and what is wrong with it.

`reader` is the way in. `export` holds the files while they are read, `nodes` follows pointers from one to the next,
`outline` makes the levels, and one module each makes texts, videos, exercises, selections and what we cannot show;
`policy`, `pages`, `assets`, `links` and `unplaced` read what lies beside the outline.
"""

from polylect.olx.reader import read

__all__ = ["read"]
