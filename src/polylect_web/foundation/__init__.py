"""What every app stands on: the write door, cleaning of author HTML, languages of a request, security headers."""
