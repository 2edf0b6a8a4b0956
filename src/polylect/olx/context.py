"""What the readers of blocks share: the files, the nodes, the links, and what the course says about all of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from polylect.course.tree import Library
from polylect.issues import IssueKind
from polylect.olx.assets import Assets
from polylect.olx.export import Export
from polylect.olx.links import Links
from polylect.olx.nodes import Node, Nodes


@dataclass(frozen=True)
class Context:
    """The export being read. `categories` gives a grading category's code by the name that subsections use for it."""

    export: Export
    nodes: Nodes
    assets: Assets
    links: Links
    language: str
    categories: Mapping[str, str]
    libraries: tuple[Library, ...] = ()

    def report(self, kind: IssueKind, node: Node, **params: object) -> None:
        """Adds an issue about this node, at its place."""
        self.export.report(kind, node.file, node.line, node.code, **params)
