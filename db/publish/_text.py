"""Text that other people wrote, made harmless for the place it is written to. Pure.

Nothing is reworded: what could act (as markup, as a template, as a formula) is written so that it
shows as what it is.
"""

from __future__ import annotations

import html
import re
import unicodedata

import nh3

# Format, private-use, surrogate and other characters that no reader sees; marks that turn the
# direction of a text are among them. Not in XML either.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ue000-\uf8ff\ud800-\udfff\U000e0000-\U000e007f]"
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROL_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")

# Jinja, Django, Liquid and Hugo look for these before Markdown is read.
_TEMPLATE = re.compile(r"\{(?=[{%#])|(?<=[}%#])\}")
_MARKUP = re.compile(r"[\\`*\[\]<>|]|~(?=~)|(?<=~)~|(?<!\w)_|_(?!\w)")
_ENTITY = re.compile(r"&(#?\w+;)")
_BLOCK = re.compile(r"[ \t]*(?:[-+=#>:]|\d{1,9}(?=[.)]))")
BULLETS = ("•", "·", "◦", "▪", "‣", "- ", "* ", "– ")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

# No pictures: they are other people's servers, and often there to count readers.
_TAGS = {
    "a", "b", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4",
    "h5", "h6", "hr", "i", "li", "ol", "p", "pre", "span", "strong", "sub", "sup", "table", "tbody",
    "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_TOP_HEADING = re.compile(r"<(/?)h1\b")


def one_line(text: str | None) -> str:
    """A text on one line, with nothing invisible in it; blanks within it stay as they are."""
    return _CONTROL.sub(" ", _INVISIBLE.sub("", text or "")).strip()


def paragraphs(text: str | None) -> list[str]:
    """The paragraphs of a text, each on one line; the items of a list are parted by semicolons."""
    return [_in_a_row(block) for block in lines(text)]


def _in_a_row(block: list[str]) -> str:
    if len(block) < 2 or not all(line.startswith(BULLETS) for line in block):
        return " ".join(block)
    items = [line[1:].strip() for line in block]
    return "; ".join([*(item.rstrip(";,.") for item in items[:-1]), items[-1]])


def lines(text: str | None) -> list[list[str]]:
    """The paragraphs of a text as lists of lines, for texts whose lines mean something."""
    text = re.sub(r"\r\n?", "\n", text or "")
    text = _CONTROL_IN_TEXT.sub(" ", _INVISIBLE.sub("", text))
    blocks = (
        [line.strip() for line in block.split("\n") if line.strip()]
        for block in re.split(r"\n\s*\n", text)
    )
    return [block for block in blocks if block]


def markdown(text: str) -> str:
    """A text within a line of Markdown: all that could be markup becomes an HTML entity.

    Entities and not backslashes: they are understood by every Markdown, and templates that run
    before it see no braces. A text without markup comes back as it is.
    """
    text = _ENTITY.sub(lambda e: e[0] if html.unescape(e[0]) == e[0] else f"&#38;{e[1]}", text)
    text = _MARKUP.sub(lambda found: f"&#{ord(found[0])};", text)
    return _TEMPLATE.sub(lambda found: f"&#{ord(found[0])};", text)


def markdown_line(text: str) -> str:
    """A text that begins a line of Markdown: also no heading, list, rule, quote or fence."""
    safe = markdown(text)
    start = _BLOCK.match(safe)
    if not start:
        return safe
    # "3. Reich" is a list, "3 nodes" is none.
    at = start.end() if safe[start.end() - 1].isdigit() else start.end() - 1
    return f"{safe[:at].lstrip()}&#{ord(safe[at])};{safe[at + 1 :]}"


def markdown_url(url: str) -> str:
    """A link's destination: what would end it is percent-encoded, the rest stays as it is."""
    # Paired brackets are part of a destination (CommonMark 6.3); others would end it.
    depth = 0
    for character in url:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            break
    if depth:
        url = url.replace("(", "%28").replace(")", "%29")
    url = url.replace(")**", ")%2A%2A")
    return re.sub(r"&(?=#?\w+;)", "&amp;", url)


def untagged(text: str) -> str:
    """A text for a page that prints it as it is: angle brackets become typographic ones, which look
    alike everywhere and act nowhere."""
    return text.replace("<", "‹").replace(">", "›")


def board_field(text: str | None) -> str:
    """A field of a board whose pages print it as it is, also within attributes: no tags, no double
    quotes (hpc.social's own form makes them single), no templates."""
    text = untagged(one_line(text)).replace('"', "'")
    return re.sub(r"\{(?=[{%#])|(?<=[}%#])\}", lambda found: f" {found[0]} ", text).strip()


def cell(text: str | None) -> str:
    """A cell of a sheet: what a spreadsheet would run as a formula gets an apostrophe before it."""
    visible = _INVISIBLE.sub("", text or "")
    # The width and the blanks before it do not matter to a spreadsheet.
    start = unicodedata.normalize("NFKC", visible.lstrip(" \n"))[:1]
    return f"'{visible}" if start and start in _FORMULA else visible


def safe_html(markup: str | None, text: str | None = None) -> str:
    """A description as harmless HTML below a page's own headings; else its plain text."""
    if markup and markup.strip():
        safe = nh3.clean(_CONTROL_IN_TEXT.sub(" ", _INVISIBLE.sub("", markup)), tags=_TAGS)
        return _TOP_HEADING.sub(r"<\1h2", safe).strip()
    return "\n".join(
        f"<p>{'<br>'.join(html.escape(line) for line in block)}</p>" for block in lines(text)
    )


def slug(*texts: str | None, longest: int = 80) -> str:
    """A file name's stem: lower-case ASCII letters and digits joined by underscores."""
    plain = unicodedata.normalize("NFKD", " ".join(filter(None, texts)))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    return "_".join(words)[:longest].strip("_")
