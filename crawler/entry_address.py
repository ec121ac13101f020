"""From a posting's link back to the address of its site, for an entry of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.errors import ConfigError
from crawler.platform import Match


def entry_address(match: Match) -> tuple[str, dict[str, Any]]:
    """The address of the listing that a link belongs to, and the parameters that it lacks.

    It is taken when its platform reads the same parameters from it and no posting. The platform's
    own form of it comes first, then beginnings of the link, bare and with the page names that the
    platform's examples of listings end in, at last the host alone with all parameters stated.
    Raises ConfigError when the link does not say whose site it is of.
    """
    platform = match.platform
    said = match.params.model_dump(exclude_none=True, exclude_defaults=True, mode="json")
    if platform.generic:
        return match.url, said  # the listing itself; all is in the parameters
    if not said or not match.tenant:
        raise ConfigError(f"{platform.label}: the link does not say whose site it is of")
    groups = {name: value for name, value in match.groups.items() if name != "posting_id"}
    try:
        own = platform.canonical_url(replace(match, posting_id=None, groups=groups))
    except (LookupError, TypeError, ValueError, AssertionError):
        own = match.url  # it needs more than a posting's link says
    for url in (own, *_beginnings(match, said)):
        if match.posting_id and url == re.split(r"[?#]", match.url)[0]:
            continue  # a posting's page without its number
        found = platform.match(url)
        if found is None or found.posting_id is not None or found.tenant != match.tenant:
            continue
        if agree(said, _stated(found)):
            return url, {}
    parts = urlsplit(match.url)
    return f"{parts.scheme}://{parts.netloc}/", said


def _stated(match: Match) -> dict[str, Any]:
    stated: dict[str, Any] = match.params.model_dump(exclude_none=True, mode="json")
    return {name: stated.get(name, "") for name in type(match.params).model_fields}


def _beginnings(match: Match, said: Mapping[str, Any]) -> Iterable[str]:
    """Beginnings of a link, the shortest first; then with such a page at their end, the longest
    first. Each without and with what of the link's query is a parameter."""
    parts = urlsplit(match.url)
    steps = [step for step in parts.path.split("/") if step]
    values = {str(value).casefold() for value in said.values()}
    query = urlencode([pair for pair in parse_qsl(parts.query) if pair[1].casefold() in values])
    listings = [
        url for url, yields in match.platform.examples.items() if "posting_id" not in yields
    ]
    pages = {urlsplit(url).path.rpartition("/")[2] for url in listings} - {""}
    for page in ("", *sorted(pages)):
        for length in range(len(steps)) if not page else reversed(range(len(steps))):
            path = "/".join([*steps[:length], *([page] if page else [])])
            yield f"{parts.scheme}://{parts.netloc}/{path}"
            if query:
                yield f"{parts.scheme}://{parts.netloc}/{path}?{query}"


def agree(said: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    """Does what one link says hold in another's parameters, as far as those say it?"""
    return all(str(known.get(k, v)).casefold() == str(v).casefold() for k, v in said.items())
