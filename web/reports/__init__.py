"""报表: the tables of a year, what stands behind each figure, and what was corrected."""
