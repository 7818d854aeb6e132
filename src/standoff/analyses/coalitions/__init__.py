"""What coalitions can do together, which states hold against them, and where they come apart."""
