"""RSS and Atom: the entries of a feed."""

from __future__ import annotations

import re

from parsel import Selector

from crawler.harvest.lead import Harvest, HarvestError, iso_day

# The editor's feed has "Title - Company" and guid "job-<id>"; elsewhere a dash is part of a title.
EDITORS_GUID = re.compile(r"job-\d+$")
PLACE = re.compile(r"\bLocation:\s*([^\n]+)")


def read_feed(text: str, base_url: str | None = None) -> Harvest:
    """The entries of a feed. Raises HarvestError for one that defines entities of its own."""
    if re.search(r"<!ENTITY", text, re.IGNORECASE):
        raise HarvestError("this XML defines entities; they are not expanded")
    found = Harvest("feed")
    feed = Selector(text=text, type="xml")
    entries = feed.xpath("//*[local-name()='item' or local-name()='entry']")
    if not entries:
        raise HarvestError("this XML is no RSS or Atom feed with entries")
    for number, entry in enumerate(entries, start=1):
        title = _first(entry, "title")
        organization = location = None
        summary = _first(entry, "description", "summary", "content", "encoded") or ""
        inside = Selector(text=summary, type="html") if "<" in summary else None
        if title and EDITORS_GUID.match(_first(entry, "guid") or ""):
            title, _, organization = title.rpartition(" - ")
            words = "\n".join(inside.xpath("//text()").getall()) if inside else summary
            place = PLACE.search(re.sub(r"(Location:)\s*\n\s*", r"\1 ", words))
            location = place[1] if place else None
        link = _link(entry)
        if not link and inside:
            link = inside.xpath("(//a/@href)[last()]").get()
        found.add(
            link or "",
            base_url,
            f"entry {number}",
            title or "",
            title=title,
            organization=organization or _first(entry, "company", "creator"),
            location=location or _first(entry, "location"),
            posted=iso_day(_first(entry, "pubDate", "published", "date", "updated")),
        )
    return found


def _first(entry: Selector, *names: str) -> str | None:
    """The text of the first of these children, by local name: feeds mix namespaces."""
    for name in names:
        for child in entry.xpath(f"./*[local-name()='{name}']"):
            said = "".join(child.xpath(".//text()").getall()).strip()
            if said:
                return said
    return None


def _link(entry: Selector) -> str | None:
    """RSS: the text of `link`; Atom: the `href` of the alternate one; else a guid that is one."""
    atom = entry.xpath("./*[local-name()='link'][not(@rel) or @rel='alternate']/@href").get()
    guid = _first(entry, "guid")
    return _first(entry, "link") or atom or (guid if (guid or "").startswith("http") else None)
