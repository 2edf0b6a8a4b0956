"""The glossary: terms with their definitions, and what they are called in each language."""
