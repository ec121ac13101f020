"""A posting that is a page or document without structured data: its title, text, labelled facts.

    read_html(text, site="")   an HTML page
    read_pdf(body)             a PDF document
    read_part(node)            a part of a page that holds one opening of several

The main text is what the page marks as `main`, or as the `article` with its heading. Where it marks
nothing, it is found by trafilatura (https://trafilatura.readthedocs.io, set to favour recall): of
the libraries tried on pages of usual make it lost least; readability drops every list of a word or
two, html-text alone keeps menus and footers. What trafilatura drops first are short lists too, so
that a page of which it would keep most is taken whole. Text of a PDF is pypdf's: the same words as
pdfminer.six in half the time, and nothing else to install. Facts are those with a label
(crawler/labelled.py).

The title is the page's first heading, not a word like "Careers" and not the site's name; else
og:title or title without the site's name at their end (ats/generic_small_sites.md, "Ladder for one
URL"). A document's own title is often a file's name; then it is the largest type of its first page.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from parsel import Selector

from crawler.errors import UnexpectedAnswer
from crawler.labelled import before_colon, facts_in, facts_of, lines_of, words

for _library in ("pypdf", "trafilatura"):  # what they could not read is said by what is missing
    logging.getLogger(_library).setLevel(logging.CRITICAL)

# Characters; less is a notice, unless a title of its own stands above it and nobody has to log in
# (ats/generic_small_sites.md, "Ladder for one URL").
SHORTEST = 200
MOSTLY = 0.6  # of a page without a frame: then all of it is text
LONGEST_TITLE = 200
PAGES = 30  # of a document; a longer one is no advertisement
# What pypdf stumbles over in damaged documents, besides its own errors.
_DAMAGE = (ArithmeticError, AttributeError, LookupError, OSError, RecursionError,
           TypeError, ValueError)  # fmt: skip

# Frame of a page: menus, banners, footers, scripts. A header inside an article is the article's.
_INSIDE = "ancestor::main or ancestor::article or ancestor::li"
FRAME = (
    f"nav[not({_INSIDE})]", f"header[not({_INSIDE})]", f"footer[not({_INSIDE})]",
    "*[@role='navigation' or @role='banner' or @role='contentinfo' or @role='dialog']",
    "*[contains(@class, 'cookie') or contains(@id, 'cookie')][not(self::body or self::html)]",
)  # fmt: skip
_NOT_TEXT = (
    "script", "style", "noscript", "template", "iframe", "dialog", "nav", "aside", "button",
    "select", "svg", "comment()",
    "form[not(.//h1 or .//h2 or .//article or .//main)]",
)  # fmt: skip
# Where pages say that their main text is. An article without the page's heading is another one's.
_MAIN = "//main | //*[@role='main'] | //article[.//h1]"
# Headings and link texts that are no posting's title: kinds of pages, buttons, doors, faults.
_KIND = (
    r"(?:careers?|vacanc(?:y|ies)|jobs?|openings?|positions?|opportunit(?:y|ies)|employment"
    r"|recruitment|human resources|stellenangebote?|karriere|emplois?)"
)
NO_TITLE = re.compile(
    rf"(?:(?:current|open|our|job|all|explore|latest|available|advertised)\W+)*{_KIND}"
    r"(?: (?:details?|description|advert|posting|search|opportunities|openings|vacancies))?"
    r"(?: (?:at|with) .+)?\W*"
    r"|(?:work (?:with|for)|join) us\W*|(?:home|welcome|menu|search|news|contact|about)(?: us)?\W*"
    r"|untitled|document ?\d*|(?:position|role) description\W*"
    r"|(?:please )?(?:log|sign)[ -]?in(?: (?:to|with|or) .*)?\W*|anmelde(?:n|ung)\W*"
    r"|(?:\w+ ){0,3}not found\W*|(?:access denied|forbidden|just a moment)\W*|(?:an )?error\W*"
    r"|(?:error\W*)?[45]\d\d(?:\W+(?:not found|forbidden|unauthori[sz]ed|.*error))?\W*"
    r"|(?:apply|read more|more|view|learn more|details?|here|link|see more|find out more|download"
    r"|pdf)(?: (?:now|here|online|job|posting|details?|more|the|this|position|role|advert|pdf))*"
    r"[ .…»>→]*",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    r".*\.(?:docx?|pdf|odt|rtf|pages|indd|pptx?|xlsx?)\b.*|microsoft word\b.*", re.I
)


@dataclass(frozen=True)
class PageText:
    """What a page or document says. Anything may be missing; `facts` are raw fields of Posting."""

    title: str = ""
    html: str = ""
    text: str = ""
    site: str = ""  # the site's own name
    facts: dict[str, str] = field(default_factory=dict)

    def fields(self) -> dict[str, Any]:
        """Fields of `crawler.posting.Posting`."""
        said: dict[str, Any] = {**self.facts, "title": self.title, "description_html": self.html}
        if self.text and not self.html:
            said["description_text"] = self.text
        if "raw_location" in said:
            said["raw_location"] = [said["raw_location"]]
        return {name: value for name, value in said.items() if value}


# --- HTML pages ----------------------------------------------------------------------------------


def read_html(text: str, site: str = "") -> PageText:
    """Title, main text and labelled facts of a page; `site` is one more name to cut from titles."""
    page = Selector(text=text or " ", type="html")
    named = _meta(page, "og:site_name")
    title = _title(page, [name for name in (named, site) if name])
    asks_to_log_in = bool(page.xpath("//input[@type='password']"))
    facts = facts_of(page)
    posted = _meta(page, "article:published_time")
    if posted:
        facts.setdefault("raw_date_posted", posted)
    markup = _main_text(page, title)
    if _length(markup) < SHORTEST and (asks_to_log_in or not title):
        return PageText(site=named)
    return PageText(title, markup, site=named, facts=facts)


def read_part(nodes: Iterable[Selector], title: str) -> PageText:
    """One opening of a page that holds several, from the elements that make it."""
    markup = "".join(node.get() for node in nodes)
    part = Selector(text=f"<div>{markup}</div>", type="html")
    return PageText(title, markup if lines_of(part) else "", facts=facts_of(part))


def _main_text(page: Selector, title: str) -> str:
    """The main text as markup, without the frame and the title above it; "" when there is none.

    Changes the page: what is no text is taken out of it.
    """
    root = page.root
    for path in (*FRAME, *_NOT_TEXT):
        for element in root.xpath(f"//{path}"):
            if element.getparent() is not None:
                element.drop_tree()
    named = [node.get() for node in page.xpath(_MAIN)]
    if named and _length(max(named, key=len)) >= SHORTEST:
        return _without_title(max(named, key=len), title)
    body = page.xpath("//body").get() or ""
    import trafilatura  # as late: it takes longer to load than `rolecall detect` to answer

    markup = trafilatura.extract(
        etree.tostring(root, encoding="unicode", method="html"),
        output_format="html", favor_recall=True, include_comments=False, include_formatting=True,
        include_links=True, include_tables=True,
    )  # fmt: skip
    kept = _length(markup or "") >= MOSTLY * _length(body)
    return _without_title(body if kept or not markup else markup, title)


def _without_title(markup: str, title: str) -> str:
    part = Selector(text=markup or " ", type="html")
    for heading in part.xpath("//h1")[:1]:
        if words(heading.xpath("string()").get("")) == title:
            heading.root.drop_tree()
    return "\n".join(part.xpath("//body/node()").getall()).strip()


def _length(markup: str) -> int:
    return len(" ".join(lines_of(Selector(text=markup or " ", type="html"))))


def _title(page: Selector, site_names: list[str]) -> str:
    """The title that the page's own words give it; "" when they only name a kind of page."""
    shown = [_meta(page, "og:title"), words(page.xpath("//head/title").xpath("string()").get(""))]
    shown = [text[: 2 * LONGEST_TITLE] for text in shown]
    headings = [words(node.xpath("string()").get("")) for node in page.xpath("//h1")]
    headings = [text for text in headings if _is_title(text, site_names)]
    said = " ".join(shown).casefold()
    # A logo may be a heading too: the one that the page's title repeats is the posting's.
    best = next((text for text in headings if text.casefold() in said), None)
    cut = (_without_site(text, site_names) for text in shown)
    rest = (text for text in cut if _is_title(text, site_names))
    return best or next(iter(headings), None) or next(rest, "")


def _is_title(text: str, site_names: list[str]) -> bool:
    named = text.casefold() in {name.casefold() for name in site_names}
    return bool(3 <= len(text) <= LONGEST_TITLE and not named and not NO_TITLE.fullmatch(text))


def _without_site(title: str, site_names: list[str]) -> str:
    """The title cut at its last bar or dash when what follows is the site's name or no title."""
    names = {name.casefold() for name in site_names}
    while True:
        head, mark, tail = _rpartition(title)
        if not mark or (tail.casefold() not in names and not NO_TITLE.fullmatch(tail)):
            return title
        title = head


def _rpartition(title: str) -> tuple[str, str, str]:
    marks = list(re.finditer(r"\s+[|\-–—·:»]\s+", title))
    if not marks:
        return title, "", ""
    last = marks[-1]
    return title[: last.start()], last[0], title[last.end() :]


def _meta(page: Selector, name: str) -> str:
    return words(page.xpath("//meta[@property=$name or @name=$name]/@content", name=name).get(""))


# --- PDF documents -------------------------------------------------------------------------------


def is_pdf(body: bytes) -> bool:
    """Is this a PDF document? Some begin with a few stray bytes, and servers call them anything."""
    return b"%PDF-" in body[:1024] and body.lstrip()[:1] != b"<"


def read_pdf(body: bytes) -> PageText:
    """Title, text and labelled facts of a document. Raises UnexpectedAnswer for a damaged one.

    A scanned document has no text, and then no title but what its own properties say.
    """
    from pypdf import PdfReader  # here, so that who reads no document does not wait for it
    from pypdf.errors import PyPdfError

    largest: list[tuple[float, str]] = []

    def note(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        largest.append((round(abs(size * (tm[3] or tm[1]) * (cm[3] or cm[1])), 1), text))

    try:
        document = PdfReader(io.BytesIO(body))
        said = str((document.metadata and document.metadata.title) or "")
        pages = [page.extract_text() for page in document.pages[1:PAGES]]
        first = document.pages[0].extract_text(visitor_text=note) if document.pages else ""
    except (PyPdfError, *_DAMAGE) as error:
        raise UnexpectedAnswer(f"this PDF document cannot be read: {error}") from None
    lines = [words(line) for line in "\n".join([first, *pages]).splitlines()]
    own = words(said)
    title = own if _is_title(own, []) and not _FILE_NAME.fullmatch(own) else _largest(largest)
    return PageText(title, text="\n".join(lines).strip(), facts=facts_in(before_colon(lines)))


def _largest(found: list[tuple[float, str]]) -> str:
    """The first text in the largest type, as far as it is one."""
    sizes = [size for size, text in found if text.strip()]
    biggest = max(sizes, default=0.0)
    if not biggest or min(sizes) == biggest:
        return ""  # all in one size: nothing stands out
    taken: list[str] = []
    for size, text in found:
        if size == biggest and text.strip():
            taken.append(text)
        elif taken and text.strip():
            break
    title = words(" ".join(taken))
    return title if _is_title(title, []) else ""
