"""Home, error pages, and the gallery of page parts."""
