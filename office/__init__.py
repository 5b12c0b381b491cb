"""What an office can do, once for every way in: command line, pages, imports."""
