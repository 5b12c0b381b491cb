"""待办: what waits for whoever signed in, grouped by the roles they hold."""

from web.inbox.routes import router

__all__ = ["router"]
