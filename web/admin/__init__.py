"""For administrators: the people of the office, what of their rights takes two, what
is broken, and the access log."""
