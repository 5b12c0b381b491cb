"""Items of a case taken in: many files at once, each with its result."""
