"""The data files of captions (`data/`): what was learned from captions and texts, and lists written by hand."""

from importlib import resources


def text(name: str) -> str:
    """What a file holds. Raises FileNotFoundError where there is none of this name."""
    return resources.files("polylect.captions").joinpath("data", name).read_text("utf-8")
