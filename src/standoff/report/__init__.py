"""Views of a study: words, terminal tables, JSON, notebook pages. Nothing is computed here."""
