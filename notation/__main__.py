"""``python -m notation`` is the command ``notation``."""

from .commands.cli import main

if __name__ == "__main__":
    main(prog_name="notation")
