"""An office lived by random walk over the table: who may do what, when, on the real engine."""
