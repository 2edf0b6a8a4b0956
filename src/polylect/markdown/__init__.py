"""The authors' own form: a course as a folder of text files.

    course.yaml        what the course is, and the order of its units
    about.md           the about page
    units/NAME.md      one file a unit: a YAML header, then Markdown with `::: video` and `::: exercise` fences
    media/             pictures, videos, captions (.vtt) and whatever else the text links to
    translations/      LANGUAGE.po (read by `polylect.messages.po`)

`read(folder)` gives the course and what is wrong with it. For authors: docs/howto/write-a-course.md.
"""

from polylect.markdown.reader import read

__all__ = ["read"]
