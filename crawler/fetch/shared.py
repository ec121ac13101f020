"""What all crawlers of a process share.

Scrapy gives every crawler its own downloader, slots and robots parsers, so two sources on one host
would fire together. Limiter and robots cache therefore belong to the event loop, of which a process
that crawls has one; tests that run several loops do not see each other's.
"""

from __future__ import annotations

import asyncio
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

Thing = TypeVar("Thing")

_things: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[type, Any]] = WeakKeyDictionary()


def shared(kind: type[Thing]) -> Thing:
    """The one object of this class in the running event loop, made when first asked for."""
    things = _things.setdefault(asyncio.get_running_loop(), {})
    if kind not in things:
        things[kind] = kind()
    return things[kind]
