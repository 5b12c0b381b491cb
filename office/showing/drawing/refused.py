"""What could not be drawn."""


class NotDrawn(Exception):
    """Why there is no picture, in one word."""
