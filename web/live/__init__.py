"""Pages that renew themselves while somebody looks at them."""
