"""notation: read, check, translate, fill in and explain the equations of multilevel models."""
