"""`yishen due` on the command line: a batch on standard input, or one case by options."""
