"""The sections of a brief, one module each, with a function ``section(study, asked)``."""
