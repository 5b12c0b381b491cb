"""For administrators: the people of the office, and what of their rights takes two."""
