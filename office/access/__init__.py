"""Who came in, by which way, and what of it stands in the log."""
