"""A backup of the office, and the office put back from one."""
