"""HTML: the links of a page or of a newsletter's web edition, with their texts."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from parsel import Selector

from crawler.harvest.employer import editors_notation, free_form
from crawler.harvest.lead import Harvest
from crawler.harvest.markdown import DASH, JOBS, OTHER_SEPARATOR

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
FURNITURE = ("nav", "header", "footer", "aside", "script", "style", "template")
INLINE = ("a", "b", "strong", "em", "i", "span", "font", "u", "small", "mark")
FAR = 50  # elements; nobody writes more of them on one line, and pages may be hostile
BULLETS = " \t\r\n\xa0•·*-–—>"
# Texts of links that are no title.
BUTTON = re.compile(
    r"(?:apply|read more|more|details?|view|learn more|here|link|job posting|see|open)\b"
    r"(?: (?:now|here|online|job|posting|details?|more|the|this|position|role|advert))*[ .…»>→]*",
    re.IGNORECASE,
)


def read_page(text: str, base_url: str | None = None) -> Harvest:
    """The links of a page outside its furniture.

    Where headings speak of jobs only links below them count, and of these none that stands inside
    a sentence.
    """
    found = Harvest("html")
    if not text.strip():
        return found
    page = Selector(text=text, type="html")
    base = page.xpath("//base/@href").get()
    base_url = urljoin(base_url or "", base) if base else base_url
    marks = page.xpath(f"//*[{' or '.join(f'self::{tag}' for tag in (*HEADINGS, 'a'))}]")
    nodes = [mark.root for mark in marks]
    about_jobs = {node: bool(JOBS.search(_text(node))) for node in nodes if _is_heading(node)}
    section: int | None = None if any(about_jobs.values()) else 0
    for node in nodes:
        if node in about_jobs:
            level = int(node.tag[1])
            if about_jobs[node] and (section is None or level <= section):
                section = level
            elif section and level <= section:
                section = None
        elif node.tag == "a" and section is not None:
            _read_link(node, base_url, found)
    return found


def _is_heading(node: Any) -> bool:
    """A heading that is a link elsewhere is an entry of a list."""
    return node.tag in HEADINGS and not node.xpath(".//a[@href][not(starts-with(@href, '#'))]")


def _read_link(node: Any, base_url: str | None, found: Harvest) -> None:
    href = node.get("href", "").strip()
    if not href or href.startswith("#") or any(a.tag in FURNITURE for a in node.iterancestors()):
        return
    block = node
    while block.getparent() is not None and block.tag in INLINE:
        block = block.getparent()
    if block.tag == "p" and _is_within_a_sentence(node, block):
        return
    title = _text(node)
    after = _after(node, block)
    dash = DASH.match(after)
    separator = dash or OTHER_SEPARATOR.match(after)
    said = after[separator.end() :] if separator else ""
    bold = any(a.tag in ("b", "strong") for a in node.iterancestors()) or bool(
        node.xpath(".//b|.//strong")
    )
    organization, location = (editors_notation if dash and bold else free_form)(said)
    found.add(
        href,
        base_url,
        f"line {node.sourceline}",
        f"{title} {after}",
        title=None if BUTTON.fullmatch(title) else title,
        organization=organization,
        location=location,
    )


def _is_within_a_sentence(node: Any, block: Any) -> bool:
    """Does text of the same line stand before this link? Bullets are none."""
    while node is not None and node is not block:
        for before in islice(node.itersiblings(preceding=True), FAR):
            if (before.tail or "").strip(BULLETS):
                return True
            if before.tag == "br":
                return False
            if isinstance(before.tag, str) and any(t.strip(BULLETS) for t in before.itertext()):
                return True
        node = node.getparent()
        if node is not None and (node.text or "").strip(BULLETS):
            return True
    return False


def _after(node: Any, block: Any) -> str:
    """The text that follows a link up to the line break or the end of its block."""
    said = ""
    while node is not None and node is not block:
        said += node.tail or ""
        for sibling in islice(node.itersiblings(), FAR):
            if not isinstance(sibling.tag, str):  # a comment
                said += sibling.tail or ""
                continue
            if sibling.tag not in INLINE or sibling.tag == "a":
                return said
            said += "".join(sibling.itertext()) + (sibling.tail or "")
        node = node.getparent()
    return said


def _text(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())
