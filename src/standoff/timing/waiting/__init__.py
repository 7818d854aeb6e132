"""How long to wait: the best policy with its certificate, given policies, and what the answer hangs on."""

from standoff.timing.waiting.answer import Best, Waiting, waiting

__all__ = ["Best", "Waiting", "waiting"]
