"""督办: what is overdue or soon will be, where, and whose move it is."""
