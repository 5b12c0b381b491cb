"""Items reviewed, one after another."""
