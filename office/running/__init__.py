"""The runs of the cases: begun, asked, watched, rebuilt, and kept to one engine."""
