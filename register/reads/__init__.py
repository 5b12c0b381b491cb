"""Questions to the register; nothing here writes."""
