"""Working days: the calendar as a value, its files, closures, zones."""
