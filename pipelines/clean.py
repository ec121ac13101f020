"""Clean: readable text, harmless markup, links without tracking.

Raw fields stay as the site gave them. A text is tidied, never rewritten: words stay the site's own.
Only letters that were decoded twice ("UniversitÃ¤t") are set right, which is what the site meant.
"""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import html_text
import nh3
from ftfy import TextFixerConfig, fix_encoding
from itemadapter import ItemAdapter

TEXTS = ("title", "organization", "unit", "requisition_id")
URLS = ("url", "apply_url")
# What a posting may do without: nothing is written as nothing, not as an empty text.
OPTIONAL = (
    "requisition_id", "unit", "apply_url", "description_html", "description_text", "language",
    "raw_country", "raw_workplace", "raw_employment_type", "raw_date_posted", "raw_valid_through",
    "raw_salary",
)  # fmt: skip

# Only parameters that no site uses for anything but tracking. `source`, `src` and `ref` are noise
# on some sites and the posting's id on others, so they are left to the platform's canonical URL.
_TRACKING = re.compile(
    r"(?:utm_\w+|gclid|gclsrc|fbclid|msclkid|dclid|yclid|twclid|igshid|mc_[ce]id|_hs(?:enc|mi)"
    r"|_gl|_ga|gh_src|lever-(?:source|origin|via)(?:\[\])?|trk|trackingId|rx_\w+)=",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]*|#\d+|#[xX][0-9a-fA-F]+);")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")
_ESCAPED_TAG = re.compile(r"&(?:amp;)?lt;/?[a-zA-Z]")
_LINE_BREAK = re.compile(r"[^\S\n]*\n\s*")
# Control codes but tab and line breaks; format, private-use and surrogate characters.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# A (non-)joiner means something between the letters of some scripts, and inside an emoji.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ue000-\uf8ff\ud800-\udfff]"
    "|(?<![\u0600-\u0fff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
)
_ITEM = re.compile(r"<li(?:\s[^<>]*)?>", re.IGNORECASE)
_LONE_BULLET = re.compile(r"^• *\n\s*(?:• *\n\s*)*", re.MULTILINE)
_EMPTY_BULLET = re.compile(r"^• *$\n?", re.MULTILINE)
_TWICE_MARKED = re.compile(r"^• (?=[•●○◦▪■·*–-] )", re.MULTILINE)

LONGEST = 250_000  # characters of a description; what follows is no advertisement any more
MOST_TAGS = 10_000  # with more a description is taken for its text: parsers take long over nesting

# The first byte of a UTF-8 letter as Latin-1 or Windows-1252, and one that may follow it.
_DECODED_TWICE = re.compile(
    "[\u00c2-\u00f4\u0152\u0153\u0160\u0161\u0178\u017d\u017e]"
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_ENCODING_ONLY = TextFixerConfig(explain=False)

# No pictures: they are other people's servers, and often there to count readers.
_TAGS = nh3.ALLOWED_TAGS - {"img", "map", "area"}


class Clean:
    """Tidies the texts of an item in place."""

    def process_item(self, item: Any) -> Any:
        adapter = ItemAdapter(item)
        if not (adapter.get("sighting") or adapter.get("closed_reason")):
            clean(adapter)
        return item


def clean(adapter: ItemAdapter) -> None:
    """Tidy the texts, sanitise the description and derive its plain text, strip the links."""
    for name in TEXTS:
        if adapter.get(name):
            adapter[name] = tidy(adapter[name])
    for name in URLS:
        if adapter.get(name):
            adapter[name] = without_tracking(adapter[name].strip())
    if adapter.get("description_html"):
        adapter["description_html"] = sanitise(adapter["description_html"])
        adapter["description_text"] = plain_text(adapter["description_html"] or "")
    elif adapter.get("description_text"):
        adapter["description_text"] = _paragraphs(adapter["description_text"][:LONGEST])
    for name in OPTIONAL:
        value = adapter.get(name)
        if value is not None and not value.strip():
            adapter[name] = None


def tidy(text: str) -> str:
    """One line: entities resolved (escaped once or twice), blanks single, nothing invisible."""
    for _ in range(2):
        if "&" in text:
            text = _ENTITY.sub(lambda entity: html.unescape(entity.group()), text)
    for _ in range(5):  # a blank, too, may have kept letters from being set right
        before, text = text, " ".join(_visible(text).split())
        if text == before:
            break
    return text


def sanitise(markup: str) -> str | None:
    """Markup without scripts, styles, handlers, forms and pictures; None when nothing remains.

    Markup that was escaped as text is unescaped, plain text is set in paragraphs.
    """
    markup = markup[:LONGEST]
    if markup.count("<") > MOST_TAGS:
        markup = re.sub(r"<[^<>]*>?", " ", markup)
    for _ in range(2):
        if _ESCAPED_TAG.search(markup) and not _TAG.search(markup):
            markup = html.unescape(markup)
    if not _TAG.search(markup):
        blocks = re.split(r"\n\s*\n", markup.strip())
        markup = "".join(f"<p>{_LINE_BREAK.sub('<br>', block)}</p>" for block in blocks)
    safe = nh3.clean(_visible(markup), tags=_TAGS).strip()
    return safe if _TAG.sub("", safe).strip() else None


def plain_text(markup: str) -> str | None:
    """The text of sanitised markup: paragraphs parted by an empty line, a bullet before items."""
    if not markup:
        return None
    text = _paragraphs(html_text.extract_text(_ITEM.sub(r"\g<0>• ", markup)))
    text = _TWICE_MARKED.sub("", _EMPTY_BULLET.sub("", _LONE_BULLET.sub("• ", text)))
    # What is nested deeper than the parser goes is text all the same.
    return text or _paragraphs(html.unescape(_TAG.sub(" ", markup))) or None


def without_tracking(url: str) -> str:
    """The URL without parameters that only tell where a reader came from."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if not parts.query:
        return url
    kept = [pair for pair in parts.query.split("&") if not _TRACKING.match(pair)]
    return urlunsplit(parts._replace(query="&".join(kept)))


def _paragraphs(text: str) -> str:
    lines = (" ".join(line.split()) for line in _visible(text).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _visible(text: str) -> str:
    """Without what no reader sees: zero-width and direction marks, soft hyphens, control codes."""
    for _ in range(3):  # what hid between two letters may have kept them from being set right
        before = text
        if not text.isascii():
            if _DECODED_TWICE.search(text):
                text = fix_encoding(text, _ENCODING_ONLY)
            text = _INVISIBLE.sub("", text)
        text = _CONTROL.sub(" ", text)
        if text == before:
            break
    return text
