"""The command line: one module for each kind of command."""

import gc

# Only the command imports this package, and it ends before it is worth looking for garbage.
gc.set_threshold(100_000)
