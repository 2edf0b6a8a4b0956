"""The workbench: a translator's and a reviewer's pages. What they change belongs to `texts`."""
