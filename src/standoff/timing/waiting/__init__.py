"""How long to wait: the best policy with its certificate, given policies, and what the answer hangs on."""

from standoff.timing.waiting.answer import Best, Waiting, waiting
from standoff.timing.waiting.optimum import Progress

__all__ = ["Best", "Progress", "Waiting", "waiting"]
