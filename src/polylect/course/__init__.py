"""The course as a tree: course > section > subsection > unit > block, in frozen dataclasses; how it is stored; its files."""
