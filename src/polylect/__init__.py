"""The library: courses, captions, messages and exercises as plain data. No sockets, no clock, no dice."""
