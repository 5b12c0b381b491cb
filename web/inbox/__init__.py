"""待办: what waits for whoever signed in, grouped by the roles they hold."""
