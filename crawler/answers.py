"""What sites answer, read with care: a form never seen raises UnexpectedAnswer and says what it is.

An answer that cannot be read is never an empty board: the run then ends as `parse_error`.
"""

from __future__ import annotations

from typing import Any

from scrapy.http import Response, TextResponse

from crawler.errors import UnexpectedAnswer

# Every recorded page that begins with one of these ends with </html>.
_PAGE_START = (b"<!doctype html", b"<html")


def text_of(response: Response) -> TextResponse:
    """The response as text. Raises UnexpectedAnswer for a binary body, or half an HTML page."""
    if not isinstance(response, TextResponse):
        kind = (response.headers.get("Content-Type") or b"no content type").decode("latin-1")
        raise UnexpectedAnswer(f"{response.url} answered with {kind}, not with text")
    body = response.body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if body[:14].lower().startswith(_PAGE_START) and b"</html" not in body.lower():
        raise UnexpectedAnswer(f"{response.url}: the page ends in the middle, without </html>")
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


def object_if_any(response: Response) -> dict[str, Any]:
    """The JSON object of an answer, {} when it is none: for `closed`, which judges any answer."""
    try:
        answer = response.json() if isinstance(response, TextResponse) else None
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def need(answer: dict[str, Any], key: str, kind: type | tuple[type, ...], where: str) -> Any:
    """`answer[key]` of this type. Raises UnexpectedAnswer naming the key."""
    if key not in answer or not isinstance(answer[key], kind):
        found = "is missing" if key not in answer else f"is a {type(answer[key]).__name__}"
        raise UnexpectedAnswer(f"{where}: the key {key!r} {found}")
    return answer[key]


def given(answer: dict[str, Any], key: str, kind: type | tuple[type, ...], where: str) -> Any:
    """An optional key: None when absent or null, else of this type. Raises UnexpectedAnswer."""
    return None if answer.get(key) is None else need(answer, key, kind, where)


def objects(found: list[Any], where: str) -> list[dict[str, Any]]:
    """The list, whose items are all objects. Raises UnexpectedAnswer."""
    for item in found:
        if not isinstance(item, dict):
            raise UnexpectedAnswer(f"{where}: an item is a {type(item).__name__}, not an object")
    return found


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
