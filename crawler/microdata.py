"""Microdata and RDFa Lite -> the same nested dicts that JSON-LD gives.

Both write properties into the page's own elements and differ in the names of three attributes, so
one walk reads both (https://html.spec.whatwg.org/multipage/microdata.html,
https://www.w3.org/TR/rdfa-lite/). Only what a JobPosting needs is read: no itemref, no prefixes.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any, NamedTuple

from lxml import etree
from parsel import Selector


class _Dialect(NamedTuple):
    scope: str  # the attribute that opens a node
    type: str
    property: str


_DIALECTS = (
    _Dialect("itemscope", "itemtype", "itemprop"),
    _Dialect("typeof", "typeof", "property"),
)
# Their value is markup; every other property is text.
_MARKUP = {"description", "responsibilities", "qualifications"}
_LINKS = {"a": "href", "area": "href", "link": "href", "img": "src"}


def read_microdata(page: Selector, type_name: str) -> list[dict[str, Any]]:
    """All nodes of this schema.org type in the page, microdata first, then RDFa."""
    nodes = []
    for dialect in _DIALECTS:
        for found in page.xpath(
            f"//*[@{dialect.scope}][contains(@{dialect.type}, $type)]", type=type_name
        ):
            types = found.root.get(dialect.type).split()
            if any(name.rpartition("/")[2].rpartition(":")[2] == type_name for name in types):
                nodes.append(_node(found.root, dialect))
    return nodes


def _node(scope: etree._Element, dialect: _Dialect) -> dict[str, Any]:
    node: dict[str, Any] = {"@type": scope.get(dialect.type)}
    for element in _own_elements(scope, dialect):
        for name in (element.get(dialect.property) or "").split():
            value = _value(element, name, dialect)
            if value in ("", {}):
                continue
            node[name] = [*_as_list(node[name]), value] if name in node else value
    return node


def _own_elements(scope: etree._Element, dialect: _Dialect) -> Iterator[etree._Element]:
    """The elements below a node that no nested node claims; the nested node's own element too."""
    pending = list(reversed(scope))
    while pending:
        element = pending.pop()
        if not isinstance(element.tag, str):
            continue  # a comment or processing instruction
        yield element
        if element.get(dialect.scope) is None:
            pending.extend(reversed(element))


def _value(element: etree._Element, name: str, dialect: _Dialect) -> Any:
    if element.get(dialect.scope) is not None:
        return _node(element, dialect)
    for attribute in ("content", "datetime", _LINKS.get(element.tag)):
        if attribute and element.get(attribute) is not None:
            return element.get(attribute).strip()
    if name in _MARKUP:
        inner = [escape(element.text or "", quote=False)]
        inner += [etree.tostring(child, encoding="unicode", method="html") for child in element]
        return "".join(inner).strip()
    return " ".join("".join(element.itertext()).split())


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
