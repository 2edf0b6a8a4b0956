"""The plain-text form of an exercise, which Open edX's authors know from its simple editor.

`read` turns it into problem XML, `write` says an exercise in it. The whole form is told, with examples, in
`docs/formats/exercises.md`.

| Written | Means |
|---|---|
| `>>question||tip<<` | the question's label and description |
| `(x) right`, `( ) wrong`, `(!)` shuffled, `(@)` fixed | multiple choice |
| `[x] right`, `[ ] wrong` | checkboxes |
| `[[ a, (b), c ]]`, or one option a line | a dropdown |
| `= 42 +- 5%`, `= [1,5)`, `or= 43` | a number |
| `= word`, `or= other`, `not= wrong {{why}}`, `s= 5` | a text, whatever the letter case |
| `=| pattern` | a text that a pattern accepts |
| `{{feedback}}`, `{{label:: feedback}}` | feedback on a choice or an answer |
| `{{selected: …}, {unselected: …}}`, `{{ ((A B)) … }}` | feedback on a checkbox, on a set of them |
| `||hint||` on a line of its own | a hint to ask for |
| `[explanation]` … `[explanation]` | the explanation that comes with the answer |
| `---` on a line of its own | the next question |
| a line, and `===` below it; `[code]` … `[code]` | a heading; code |
"""

from polylect.exercises.plaintext.folding import folded
from polylect.exercises.plaintext.reader import read
from polylect.exercises.plaintext.writer import write

__all__ = ["folded", "read", "write"]
