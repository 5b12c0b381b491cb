"""Files that come ahead of their form, for the script that shows how far they are."""
