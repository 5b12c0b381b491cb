"""What people do about their own way in: the first password, the second factor, their sessions."""
