"""What is killed, locked or late, on an engine and worker of their own."""
