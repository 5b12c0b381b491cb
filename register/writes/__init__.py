"""What changes the register; nothing here decides."""
