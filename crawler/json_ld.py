"""One JSON-LD script element -> values, with a repair ladder for what sites really publish.

Each rung is tried only after the one before failed (ats/schemaorg_jobposting.md section 3, tried
there against recorded malformations): wrappings (byte order mark, CDATA, HTML comment), several
values in one element, entities instead of quotes, invalid escapes, comments and trailing commas,
a forgotten comma. Single quotes and bare keys are JavaScript, not damaged JSON, and stay unread.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any

_DECODER = json.JSONDecoder(strict=False)  # raw line breaks and tabs in strings are common

_OPENING = re.compile(r"(?:(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?|<!--)", re.IGNORECASE)
_CLOSING = re.compile(r"(?:(?://|/\*)?\s{0,9}\]\]>\s{0,9}(?:\*/)?|(?://\s{0,9})?-->)$")
_BETWEEN_VALUES = re.compile(r"[\s;,\ufeff]*")
_ESCAPE = re.compile(r'\\(["\\/bfnrt]|u[0-9a-fA-F]{4})?')
# What is unterminated runs to the end of the text, so that no page can make these quadratic.
_STRING = r'"(?:[^"\\]|\\.)*+(?:"|\Z)'
_STRING_OR_COMMENT = re.compile(rf"({_STRING})|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_STRING_OR_LAST_COMMA = re.compile(rf"({_STRING})|,(?=\s*[}}\]])", re.DOTALL)
_VALUE_THEN_PROPERTY = re.compile(
    rf"({_STRING}|[}}\]0-9el])(?:(\s++)(?={_STRING}\s*:))?", re.DOTALL
)


def read_json_ld(text: str) -> list[Any]:
    """The JSON values of one script element; an empty element or `null` holds none.

    Raises ValueError when no rung of the ladder can read it.
    """
    fault: Exception | None = None
    for repair in _LADDER:
        text = repair(text)
        try:
            return _values(text)
        except (ValueError, RecursionError) as error:
            fault = fault or error
    raise ValueError(f"no JSON: {fault}")


def _values(text: str) -> list[Any]:
    values = []
    at = _skip(text, 0)
    while at < len(text):
        value, at = _DECODER.raw_decode(text, at)
        if value is not None:
            values.append(value)
        at = _skip(text, at)
    return values


def _skip(text: str, at: int) -> int:
    found = _BETWEEN_VALUES.match(text, at)
    return found.end() if found else at


# --- the rungs -----------------------------------------------------------------------------------


def _unwrapped(text: str) -> str:
    text = text.strip("\ufeff \t\r\n\f")
    opening = _OPENING.match(text)
    return _CLOSING.sub("", text[opening.end() :] if opening else text).strip()


def _without_entities(text: str) -> str:
    """Entities stand for the quotes themselves, not for characters inside a string."""
    before, entity, _ = text.partition("&quot;")
    return html.unescape(text) if entity and '"' not in before else text


def _valid_escapes(text: str) -> str:
    r"""`\$` and `\_` mean the bare character, as in JavaScript."""
    return _ESCAPE.sub(lambda found: found[0] if found[1] else "", text)


def _without_comments(text: str) -> str:
    text = _STRING_OR_COMMENT.sub(lambda found: found[1] or " ", text)
    return _STRING_OR_LAST_COMMA.sub(lambda found: found[1] or "", text)


def _with_commas(text: str) -> str:
    """A comma between a finished value and the next `"key":`, where only white space stands."""
    return _VALUE_THEN_PROPERTY.sub(
        lambda found: f"{found[1]},{found[2]}" if found[2] else found[1], text
    )


_LADDER: tuple[Callable[[str], str], ...] = (
    _unwrapped,
    _without_entities,
    _valid_escapes,
    _without_comments,
    _with_commas,
)
