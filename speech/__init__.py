"""How an office's facts are said, the same at the command line and on pages: in the language of
whoever asks."""
