"""What sites answer, read with care: a form never seen raises UnexpectedAnswer and says what it is.

An answer that cannot be read is never an empty board: the run then ends as `parse_error`.
"""

from __future__ import annotations

from typing import Any

from scrapy.http import Response, TextResponse

from crawler.errors import UnexpectedAnswer


def text_of(response: Response) -> TextResponse:
    """The response as text. Raises UnexpectedAnswer for a binary body."""
    if not isinstance(response, TextResponse):
        kind = (response.headers.get("Content-Type") or b"no content type").decode("latin-1")
        raise UnexpectedAnswer(f"{response.url} answered with {kind}, not with text")
    return response


def json_of(response: TextResponse, expected: type = dict) -> Any:
    """The JSON answer, of the expected type (dict or list). Raises UnexpectedAnswer."""
    try:
        answer = response.json()
    except ValueError:
        start = " ".join(response.text.split())[:60]
        raise UnexpectedAnswer(f"{response.url} answered no JSON but {start!r}") from None
    if not isinstance(answer, expected):
        raise UnexpectedAnswer(
            f"{response.url} answered a JSON {type(answer).__name__}, expected {expected.__name__}"
        )
    return answer


def need(answer: dict[str, Any], key: str, kind: type | tuple[type, ...], where: str) -> Any:
    """`answer[key]` of this type. Raises UnexpectedAnswer naming the key."""
    if key not in answer or not isinstance(answer[key], kind):
        found = "is missing" if key not in answer else f"is a {type(answer[key]).__name__}"
        raise UnexpectedAnswer(f"{where}: the key {key!r} {found}")
    return answer[key]


def texts_of(found: Any) -> list[str]:
    """The texts of selected elements, blanks single, each once, none empty."""
    texts = [" ".join(node.xpath("string()").get("").split()) for node in found]
    return list(dict.fromkeys(text for text in texts if text))


def one_text(found: Any) -> str:
    """The text of an element, or of the first of several that has one; "" when there is none."""
    return next(iter(texts_of(found if isinstance(found, list) else [found])), "")


def visible_text(response: TextResponse) -> str:
    """The text of a page as a reader sees it; scripts often hold the same sentences."""
    return " ".join(response.xpath("//text()[not(parent::script or parent::style)]").getall())
