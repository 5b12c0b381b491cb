"""The command line, by subject: one command per act, lists, and what runs the office."""
