"""History of the tables, one file a step, forward only. Never edit a released step."""
