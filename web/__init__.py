"""The desk: pages for everybody in an office, by the same subjects as the command line."""
