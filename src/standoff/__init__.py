"""standoff: decision support for strategic standoffs."""
