"""Registering a request at the counter."""
