"""What a case can be asked; nothing here is recorded."""
