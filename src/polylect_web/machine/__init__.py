"""Suggestions by machines: one small interface, and the providers that an operator can connect."""
