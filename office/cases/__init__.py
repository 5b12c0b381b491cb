"""One case as an office has it: registered, moved in, looked at, compared."""
