"""Madgex, the software of many learned boards: Science Careers, Nature Careers, and others.

Boards of it known by name (ats/academic_boards.md, "Madgex"): jobs.sciencecareers.org,
www.nature.com/naturecareers, www.physicsworldjobs.com, jobs.chronicle.com, findajob.agu.org,
jobs.theguardian.com; www.timeshighereducation.com/unijobs (inferred: its ids `item-{id}` and its
parameter TrackID are Madgex's).

URL forms:
    https://{board}/job/{id}/{slug}/          the slug is cosmetic; /apply/{id}/{slug} its form
    https://{board}/listing/{id}/{slug}/      Times Higher Education
    https://{board}/job/{slug}-{id}           Nature Careers before Madgex; ids of another series
    https://{board}/jobs/?keywords=...        a search; /jobs/{n}/ its pages

Traps:
- /job/{id}/employer-profile/ is no posting.
- /job/{id}/{slug}/ is the form of other software too: on other hosts it counts only where the
  catalogue names the host.
- LinkSource, TrackID and utm_* are tracking. The adverts are copies of employers' own.
- A page past the end redirects to page 1; a search without hits answers 404 with a normal page.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_BOARD = r"""https?://(?P<address>(?:www\.)?(?P<board>
    (?:jobs\.sciencecareers|findajob\.agu)\.org|jobs\.(?:chronicle|theguardian)\.com
    |physicsworldjobs\.com|nature\.com/naturecareers|timeshighereducation\.com/unijobs))"""
_POSTING = r"""/(?P<kind>job|apply|listing)/(?P<posting_id>\d+)
    (?:/(?P<slug>(?!employer-profile\b)[^/?\#]*))?/?(?:[?\#]|$)"""


class MadgexParams(platform.Params):
    board: str  # host, and the folder where the board is a part of a site


class Madgex(platform.Platform):
    name = "madgex"
    label = "Madgex"
    many_employers = True
    Params = MadgexParams
    unread = "no spider yet"
    url_rules = (
        _BOARD + _POSTING,
        _BOARD + r"/job/(?P<title>[^/?\#]*?)-(?P<posting_id>\d{5,8})/?(?:[?\#]|$)",
        _BOARD + r"(?:[/?\#]|$)",
    )
    vanity_rules = (
        r"https?://(?P<address>(?P<board>[\w.-]+))" + _POSTING,
        r"https?://(?P<address>(?P<board>[\w.-]+))/(?:jobs/?)?(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(r"\bmadgex\b|class=[\"'](?:[^\"']*\s)?lister__item\b", re.IGNORECASE),
            "the markup of a Madgex board",
        ),
    )
    examples: ClassVar = {
        "https://jobs.sciencecareers.org/job/900001/hpc-manager-/?LinkSource=PremiumListing": {
            "board": "jobs.sciencecareers.org",
            "posting_id": "900001",
        },
        "https://jobs.chronicle.com/apply/37900001/director?LinkSource=JobDetails": {
            "board": "jobs.chronicle.com",
            "posting_id": "37900001",
        },
        "https://www.nature.com/naturecareers/job/12900001/postdoc/": {
            "board": "nature.com/naturecareers",
            "posting_id": "12900001",
        },
        "https://www.nature.com/naturecareers/job/executive-director-fernwood-700001": {
            "board": "nature.com/naturecareers",
            "posting_id": "700001",
        },
        "https://www.timeshighereducation.com/unijobs/listing/300001/program-manager/?TrackID=8": {
            "board": "timeshighereducation.com/unijobs",
            "posting_id": "300001",
        },
        "https://jobs.sciencecareers.org/jobs/?keywords=hpc": {"board": "jobs.sciencecareers.org"},
        "https://jobs.sciencecareers.org/job/900001/employer-profile/": {
            "board": "jobs.sciencecareers.org"
        },
    }
    not_examples = (
        "https://www.nature.com/articles/s41586-026-00001-1",
        "https://jobs.fernwood.example/job/15250001/software-architect/",
        "https://jobs.sciencecareers.org.example.org/job/900001/",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.board).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        start = f"https://{said['address'].lower()}"
        if match.posting_id is None:
            return f"{start}/jobs/"
        if "title" in said:
            return f"{start}/job/{said['title']}-{match.posting_id}"
        kind = "listing" if said["kind"].lower() == "listing" else "job"
        parts = (start, kind, match.posting_id, said.get("slug"))
        return "/".join(part for part in parts if part) + "/"
