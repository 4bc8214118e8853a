r"""How wide LaTeX is when it is typeset, in characters: enough to tell where a line has to break."""

from __future__ import annotations

from ..patterns import pattern

_INVISIBLE = pattern(
    r"\\(?:begin|end)\{[a-z]+\}(?:\{c+\})?"
    r"|\\(?:text|mathrm|left|right|overline|underset|underbrace)(?![A-Za-z])"
    r"|\\, |[{}^&]"
)
_COMMAND = pattern(r"\\(?:[A-Za-z]+|.)")


def printed_width(latex: str) -> int:
    r"""The number of characters that LaTeX prints: ``\sigma^2_{\alpha}`` is σ2_α, which are four."""
    return len(_COMMAND.sub("x", _INVISIBLE.sub("", latex)))
