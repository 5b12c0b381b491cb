"""Periods: a number and a unit, counted, with the proof."""
