"""办件: the list of cases, and one case."""
