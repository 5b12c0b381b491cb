"""What an office can do, on real databases."""
