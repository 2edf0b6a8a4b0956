"""The library: courses, captions, messages and exercises as plain data. It opens no socket and reads no clock or dice."""
