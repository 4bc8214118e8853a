"""What is wrong with a text, and what of it can still be read."""
