"""The glossary: terms with their definitions, and what they are called in each language.

A term belongs to a course, or to every course of the site. `queries.hits` finds the terms of a text, and
`queries.check` says where a translation does not keep to them; both work with what `polylect.messages.terms` knows. The
app knows courses and people, and nothing of messages and translations.
"""
