"""Texts that would act (as markup, template, formula or another field) act in no format."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import feedparser
import lxml.html
import pytest
import yaml
from markdown_it import MarkdownIt

from db.publish import Entry, entry_of, formats
from db.publish._text import one_line
from tests.publish_house import EDITION, HOSTILE, hostile, row

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
URL = "https://jobs.fernwood.example.edu/7"
HARMLESS_TOKENS = {
    "paragraph_open", "paragraph_close", "inline", "text", "softbreak", "hardbreak", "link_open",
    "link_close", "strong_open", "strong_close", "heading_open", "heading_close",
}  # fmt: skip
ENDS = ("open", "close")
TEMPLATE = re.compile(r"\{[{%#]")


def spoken(text: str) -> str:
    """What a reader sees of a text, blanks aside."""
    return " ".join(one_line(text).split())


def written(name: str, entry: Entry) -> dict[str, str]:
    return dict(formats()[name].write([entry], EDITION))


def tokens(text: str) -> Iterator[Any]:
    for token in MARKDOWN.parse(text):
        yield token
        yield from token.children or ()


def assert_plain_markdown(
    text: str, headings: list[str], also: set[str] = frozenset()
) -> list[Any]:
    """Only text, our links and our headings. Returns the tokens."""
    found = list(tokens(text))
    kinds = {token.type for token in found}
    breaks = [token for token in found if token.type == "html_inline"]
    assert all(token.content == "<br/>" for token in breaks)
    assert kinds - {"html_inline"} <= HARMLESS_TOKENS | also
    links = {token.attrs["href"] for token in found if token.type == "link_open"}
    assert links <= {URL, EDITION.site}
    titles = [found[at + 1].content for at, t in enumerate(found) if t.type == "heading_open"]
    assert titles == headings
    return found


def assert_harmless_html(page: str, scripts: int = 0) -> Any:
    tree = lxml.html.fromstring(page)
    assert len(tree.xpath("//script")) == scripts
    assert not tree.xpath("//iframe|//img|//svg|//object|//style|//form[@action]")
    assert not [
        name for name in tree.xpath("//@*/..") for name in name.attrib if name.startswith("on")
    ]
    for address in tree.xpath("//@href|//@src"):
        assert re.match(
            r"https://|[\w./-]+(?:\.html|\.css|\.js|\.xml|\.rss|\.json)$|#main", address
        )
    return tree


def newsletter(entry: Entry, text: str) -> None:
    (section,) = written("newsletter", entry).values()
    found = assert_plain_markdown(section, ["Jobs Leading Research Computing Teams"])
    assert not TEMPLATE.search(section)
    links = [at for at, token in enumerate(found) if token.type == "link_open"]
    if spoken(text):
        shown = "".join(
            t.content for t in found[links[1] + 1 : found.index(closing(found, links[1]))]
        )
        assert " ".join(shown.split()) == spoken(text)
    assert [found[at].attrs["href"] for at in links] == [EDITION.site, URL]


def closing(found: list[Any], start: int) -> Any:
    return next(token for token in found[start:] if token.type == "link_close")


def board(entry: Entry, text: str) -> None:
    files = written("board", entry)
    (job,) = json.loads(files["jobs.json"])["jobs"]
    values = [job[key] for key in ("title", "company", "location", "description", "city", "state")]
    # The board's page prints these into its HTML as they are.
    assert not [value for value in [*values, *job["categories"]] if "<" in value or ">" in value]
    assert job["title"].replace("‹", "<").replace("›", ">") == one_line(text)
    assert "<" not in files["jobs.json"]
    feed = feedparser.parse(files["jobs.rss"], sanitize_html=False)
    assert not feed.bozo
    (item,) = feed.entries
    assert (item.link, item.id) == (URL, "job-7")
    assert_harmless_html(item.description)


def rows_of(name: str) -> Callable[[Entry, str], None]:
    def check(entry: Entry, text: str) -> None:
        (said,) = written(name, entry).values()
        (one,) = yaml.safe_load(said)
        assert one["url"] == URL
        for value in one.values():
            assert isinstance(value, str | date)
            # hpc.social prints titles within double quotes of an attribute.
            assert not re.search(r"[<>\"\n]", str(value))
            assert not TEMPLATE.search(str(value))

    return check


def post(name: str, fence: str, read: Callable[[str], Any]) -> Callable[[Entry, str], None]:
    def check(entry: Entry, text: str) -> None:
        (file,) = written(name, entry).values()
        start, matter, body = file.split(f"{fence}\n", 2)
        assert start == ""
        said = read(matter)
        assert URL in said.values()
        assert not re.search(r"[<>]", str([v for v in said.values() if isinstance(v, str)]))
        assert not TEMPLATE.search(matter)
        ours = "{{% job_details %}}"
        assert body.count(ours) == (name == "2i2c")
        assert not TEMPLATE.search(body.replace(ours, ""))
        headings = ["How to apply"] if name == "2i2c" else []
        lists = frozenset(f"{one}_{end}" for one in ("bullet_list", "list_item") for end in ENDS)
        assert_plain_markdown(body.replace(ours, ""), headings, lists)

    return check


def atom(entry: Entry, text: str) -> None:
    (said,) = written("atom", entry).values()
    feed = feedparser.parse(said, sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo
    (item,) = feed.entries
    assert item.link == URL
    assert item.title_detail.type == "text/plain"
    assert " ".join(item.title.split()) == " ".join(f"{one_line(text)} - {one_line(text)}".split())
    for content in item.get("content", ()):
        if content.value.strip():
            assert_harmless_html(f"<div>{content.value}</div>")


def jsonld(entry: Entry, text: str) -> None:
    (said,) = written("jsonld", entry).values()
    assert not re.search(r"[<>&]", said)
    (posting,) = json.loads(said)["@graph"]
    assert posting.get("title", "") == one_line(text)
    assert_harmless_html(f"<div>{posting.get('description', '')}</div>")


def sheet(entry: Entry, text: str) -> None:
    (said,) = written("csv", entry).values()
    head, cells = csv.reader(io.StringIO(said, newline=""))
    assert len(cells) == len(head)
    for value in cells:
        assert not re.match(r"[\s\u200b]*[=+@＝-]|[\t\r]", value), value
    title = cells[head.index("title")]
    assert title in (one_line(text), f"'{one_line(text)}")


def static(entry: Entry, text: str) -> None:
    files = written("static", entry)
    index = assert_harmless_html(files["index.html"], scripts=1)
    assert index.xpath("//script/@src") == ["filter.js"]
    shown = index.xpath("string(//ol[@class='postings']/li/h2/a)")
    assert " ".join(shown.split()) == spoken(text)
    page = assert_harmless_html(files["postings/7.html"], scripts=1)
    (script,) = page.xpath("//script")
    assert script.get("type") == "application/ld+json"
    assert json.loads(script.text)["@type"] == "JobPosting"
    assert " ".join(page.xpath("string(//h1)").split()) == spoken(text)
    assert page.xpath("//a[@class='apply']/@href") == [URL]


CHECKS = {
    "2i2c": post("2i2c", "+++", tomllib.loads),
    "atom": atom,
    "board": board,
    "csv": sheet,
    "hpc-social": rows_of("hpc-social"),
    "jsonld": jsonld,
    "newsletter": newsletter,
    "static": static,
    "usrse": rows_of("usrse"),
    "workflows": post("workflows", "---", yaml.safe_load),
}


def test_every_format_is_checked() -> None:
    assert list(CHECKS) == list(formats())


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
@pytest.mark.parametrize("name", CHECKS)
def test_a_text_is_only_a_text(name: str, text: str) -> None:
    CHECKS[name](hostile(text), text)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:x",
        "data:text/html,<script>alert(1)</script>", "vbscript:x", "file:///etc/passwd", "//evil",
        "mailto:a@example.org", "", "https://", "https:///x", "https://a b.example/", "http://[::1",
        'https://x"onclick="alert(1)/',
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_not_published(url: str) -> None:
    assert entry_of(row(url=url, apply_url=url)) is None


@pytest.mark.parametrize("name", CHECKS)
def test_a_url_that_breaks_out_is_encoded(name: str) -> None:
    made = entry_of(row(url="https://x.example/a\"b <c>'{{d}}`e`\\f)g*h|i\u202e]]>"))
    assert made is not None
    said = "\n".join(written(name, made).values()).replace("{{% job_details %}}", "")
    assert "x.example/a%22b%20%3Cc%3E" in said
    for raw in ('a"b', "<c>", "{{d", "`e`", "\\f", "\u202e"):
        assert raw not in said
