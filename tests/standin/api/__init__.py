"""What the stand-in does when it is asked, one part of Stripe's API a file."""

from collections.abc import Callable, Mapping
from typing import Any

Doing = Callable[..., Any]
"""Books, what was said, and what stands in the gaps of the address; answers an object. Raises `Refusal`."""

Doings = Mapping[str, Doing]
"""By the name of the operation (`post /v1/customers/{}`)."""
