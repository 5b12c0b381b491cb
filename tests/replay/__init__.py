"""Cases that really ran, replayed by the present code."""
