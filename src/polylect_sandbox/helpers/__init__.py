"""Modules that Open edX offers to scripts, written anew."""
