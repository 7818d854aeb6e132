"""Published conflicts that ship with standoff, by name."""
