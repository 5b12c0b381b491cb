"""Signing in and out, and the language."""

from web.signing_in.routes import router

__all__ = ["router"]
