"""Model files: reading with every fault reported, writing, conversion, schema."""
