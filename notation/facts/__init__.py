"""What is known of a model beyond its text: given by the user, or learned from data."""
