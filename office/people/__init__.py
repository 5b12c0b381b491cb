"""The people of an office: its file, their names, and who is missing."""
