"""Signing in at the desk: passwords, second factors, sessions, invites."""
