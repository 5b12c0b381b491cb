"""Cases held, exported, and forgotten once nothing can come of them any more."""
