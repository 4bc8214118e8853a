"""The parts of comparing: finding a renaming, laying two models side by side, saying what differs."""
