"""Several texts as one piece of HTML, for machines that take one at a time."""

import re
from collections.abc import Callable, Sequence

_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)


def translated(texts: Sequence[str], translate: Callable[[str], str]) -> list[str]:
    """The texts translated together, as paragraphs; one by one where the machine did not give as many back. Empty where
    it did not even give back the one."""
    found = _PARAGRAPH.findall(translate("\n".join(f"<p>{text}</p>" for text in texts)))
    if len(found) == len(texts):
        return [str(one) for one in found]
    if len(texts) == 1:
        return [""]
    return [one for text in texts for one in translated([text], translate)]
