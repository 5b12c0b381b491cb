"""The reply: what the items say of it while it is drafted."""
