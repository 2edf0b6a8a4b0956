"""Suggestions by machines: one small interface, the providers that an operator can connect, and what they are asked.

It owns how a machine is asked, and what it answered while this process lives. It stores nothing: a suggestion that is
kept is a target of `texts`, with its origin. What a machine may see is decided in `polylect.messages.sheltering`, and
the network is reached through `foundation.network` alone.
"""
