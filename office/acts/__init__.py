"""One act on its way to its case, and what is asked and tried before it goes."""
