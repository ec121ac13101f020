"""What every table, view and column holds: the public contract of the database file.

Datasette readers and scripts rely on these names. The tables are made by `db/migrations/`; a test
holds this description to what the migrations make, and the site shows it as metadata.

Days are ISO 8601 texts (YYYY-MM-DD) in UTC, moments are ISO 8601 texts with their offset, lists and
mappings are JSON, truth is 0 or 1.
"""

from __future__ import annotations

import sys

# The listing was read to its end: only these count for medians and absences.
COMPLETE = ("ok", "empty", "suspect_drop")

# What an editor may decide; `undo` takes the decision before it back.
DECISIONS = ("keep", "reject", "snooze", "listed", "not_duplicate", "undo")

# Why a posting is closed, when it was not the site's own word (which is kept as it was said).
ABSENT = "absent"
CONFIRMED = "confirmed"
DEADLINE = "deadline"

# table or view -> what it holds, and what its columns hold
TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "sources": (
        "One career site on a platform, as the catalogue names it.",
        {
            "id": "The source's name; it outlives a change of platform.",
            "platform": "The software behind the site.",
            "employer": "Whose site it is.",
            "aliases": "Other names of the employer, JSON.",
            "url": "Where a person finds it.",
            "params": "What the platform must be told, JSON.",
            "hosts": "Further host names of the same site, JSON.",
            "country": "ISO 3166-1 alpha-2.",
            "kind": "academia, lab, industry, nonprofit or public.",
            "ror": "Research Organization Registry identifier.",
            "evidence": "Where and when the site was last seen alive.",
            "note": "A remark of whoever added it.",
            "enabled": "0: not crawled.",
            "reason": "Why it is not enabled.",
            "moved_to": "Where the employer's postings are now.",
        },
    ),
    "runs": (
        "One night, or one reading of stored answers.",
        {
            "id": "Ascending number.",
            "started": "Moment.",
            "finished": "Moment; empty while it runs, or when it was cut off.",
            "seconds": "Duration.",
            "sources": "Sources visited.",
            "alarming": "Sources a person should look at.",
            "kind": "crawl; reparse: stored answers were read again, nothing was visited.",
        },
    ),
    "source_runs": (
        "One visit to one source in one night, with its named outcome.",
        {
            "id": "Ascending number.",
            "run": "The night.",
            "source": "The source.",
            "outcome": (
                "config_error, blocked, not_found, unreachable, parse_error, partial, "
                "suspect_drop, empty or ok."
            ),
            "reason": "One line for a person.",
            "started": "Moment.",
            "requests": "Requests sent.",
            "declared_total": "Postings the site says it has.",
            "listed": "Postings its listing showed.",
            "new": "Postings never seen before.",
            "changed": "Postings that say something else than before.",
            "closed": "Postings closed.",
            "reopened": "Closed postings that are there again.",
            "held": "Absent postings that a mass drop keeps open.",
            "rejected": "Postings without a mandatory field.",
            "seconds": "Duration.",
        },
    ),
    "field_counts": (
        "How often a field was given and understood in one source-run.",
        {
            "run": "The night.",
            "source": "The source.",
            "field": "Field of a posting.",
            "present": "Postings that gave it.",
            "parsed": "Postings in which it was understood.",
            "postings": "Postings that were read: new, changed, or due for a second look.",
            "characters": "Length of all that was given: a text that shrank shows here.",
        },
    ),
    "postings": (
        "One advertised job. Nothing is ever deleted: a posting closes, and may reopen.",
        {
            "id": "Ascending number.",
            "source": "The source that owns its content.",
            "platform": "The source's platform.",
            "tenant": "The scope within which the platform's keys are unique.",
            "native_id": "The platform's id.",
            "requisition_id": "The employer's own number.",
            "url": "The posting's page.",
            "apply_url": "Where to apply.",
            "title": "As advertised.",
            "organization": "The employer, or the agency that advertises for one.",
            "recruiter": "1: an agency that advertises for others.",
            "unit": "Department or division.",
            "location": "In the editor's notation: Boston MA USA, London UK, Remote USA, A or B.",
            "workplace": "onsite, hybrid or remote.",
            "employment_type": "schema.org words, comma-separated.",
            "contract": "permanent or fixed_term.",
            "hours": "A week; 1 or less is the share of a full post.",
            "date_posted": "Day.",
            "valid_through": "Deadline; the posting closes the day after.",
            "salary_min": "As stated.",
            "salary_max": "As stated.",
            "salary_currency": "ISO 4217.",
            "salary_unit": "HOUR, DAY, WEEK, MONTH or YEAR.",
            "salary_source": "field: the site states it as such; text: read in the description.",
            "content_hash": "Of what the posting says, without any crawl time.",
            "first_seen": "Day; never changes.",
            "last_seen": "Day.",
            "absences": "Complete runs of its source in a row without it.",
            "closed_at": "Day; empty while open.",
            "closed_reason": "absent, confirmed, deadline, or the site's own words.",
            "topic_score": "How much research computing and data it is, 0 to 1.",
            "lead_score": "How much leading it is, 0 to 1.",
            "score_model": "The model that made both scores: docs/model-card.md, `models`.",
            "duplicate_of": "The posting it repeats.",
            "off_board": "1: an editor rejected it, and the public board leaves it out.",
        },
    ),
    "texts": (
        "What a posting says at length, and the raw text beside each parsed value.",
        {
            "posting": "The posting.",
            "description_html": "Sanitised.",
            "description_text": "Plain text with paragraphs.",
            "excerpt": "The one or two paragraphs worth quoting, parted by an empty line.",
            "score_reasons": "topic, lead: lists of field, words, weight (log-odds), JSON.",
            "language": "ISO 639-1; of the description, else as the site says it.",
            "raw_location": "JSON list.",
            "raw_country": "",
            "raw_workplace": "",
            "raw_employment_type": "",
            "raw_date_posted": "",
            "raw_valid_through": "",
            "raw_salary": "",
            "provenance": (
                "Where the fields came from, JSON: `at` (moment), `by` (platform, version of its "
                "rules), `listing`, `detail` (addresses), `of_detail` (fields that "
                "the detail gave; the others are the listing's)."
            ),
        },
    ),
    "keys": (
        "Identities of postings: one posting may have several.",
        {
            "posting": "The posting.",
            "platform": "Whose key it is.",
            "tenant": "The scope within which it is unique.",
            "key": "The identity.",
        },
    ),
    "places": (
        "Places of work.",
        {
            "posting": "The posting.",
            "city": "As the site writes it.",
            "region": (
                "State, province or nation, a code in the US, Canada and Australia; without a "
                "country a part of the world (Europe, EMEA)."
            ),
            "country": "ISO 3166-1 alpha-2.",
            "remote": "1: from home in this area.",
            "various": "1: several places in this area, which ones is not said.",
        },
    ),
    "categories": (
        "The board's taxonomy.",
        {
            "posting": "The posting.",
            "type": "sector, role, technical or domain.",
            "category": "A word of that type.",
        },
    ),
    "changes": (
        "What a posting said before, field by field; also that it reopened.",
        {
            "id": "Ascending number.",
            "posting": "The posting.",
            "run": "The night it was noticed; empty for a change outside of one.",
            "field": "Column of postings or texts.",
            "old": "Before.",
            "new": "After.",
        },
    ),
    "rejects": (
        "What a site showed that could not be a posting.",
        {
            "id": "Ascending number.",
            "run": "The night.",
            "source": "The source.",
            "url": "As far as it is known.",
            "reason": "What is missing or wrong.",
            "raw": "JSON.",
        },
    ),
    "duplicates": (
        "Two stored postings that may be one.",
        {
            "a": "The older posting.",
            "b": "The newer posting.",
            "kind": "duplicate, repost or sibling.",
            "how": (
                "The rule that tells: keys, requisition, link, url, number, text or "
                "text+description."
            ),
            "score": "0 to 1.",
        },
    ),
    "marks": (
        "An editor's decisions; append-only, the latest wins, never written by a crawl.",
        {
            "id": "Ascending number.",
            "posting": "The posting.",
            "decision": "keep, reject, snooze, listed, not_duplicate or undo.",
            "other": "The other posting of a not_duplicate.",
            "until": "Day a snooze ends.",
            "note": "",
            "excerpt": "The paragraph to quote.",
            "issue": "Of the newsletter.",
            "position": "In the issue.",
            "editor": "Who.",
            "at": "Moment.",
        },
    ),
    "listed": (
        "What was listed already, told from documents by import, whether or not it is stored.",
        {
            "id": "Ascending number.",
            "platform": "Whose key it is; empty when the link is of no known platform.",
            "tenant": "The scope within which the key is unique.",
            "key": "The identity, as in `keys`; empty when the link names no posting.",
            "url": "The link, without tracking.",
            "title": "As listed.",
            "organization": "As listed.",
            "issue": "Of the newsletter.",
            "listed_on": "Day, as far as the document says it.",
            "document": "Where it was listed.",
            "at": "Moment of the import.",
        },
    ),
    "visits": (
        "When an editor was at the desk.",
        {
            "id": "Ascending number.",
            "editor": "Who.",
            "began": "Moment.",
            "seen": "Moment of the last page of this visit.",
        },
    ),
    "samples": (
        "What the scores hid, week by week, judged on a random sample: the published estimate.",
        {
            "week": "ISO 8601 week (2026-W08) in which the postings were first seen.",
            "hidden": "Postings of that week with a score below what the desk shows.",
            "size": "How many of them were drawn.",
            "judged": "How many of these an editor has read.",
            "relevant": "How many of these he wanted after all.",
            "at": "Moment of the last judgement.",
        },
    ),
    "models": (
        "What models learned from an editor's marks; the latest scores (`rolecall learn`).",
        {
            "id": "Ascending number.",
            "name": "As in `score_model`.",
            "base": "The shipped model it adds to.",
            "at": "Moment.",
            "marks": "Decisions it learned from.",
            "changes": "What it adds to the weights, JSON.",
        },
    ),
    "sightings": (
        "Internal: what a source's next visit must know of each posting it lists.",
        {
            "source": "The source.",
            "native_id": "Its id for the posting.",
            "posting": "The posting.",
            "fingerprint": "Of what the listing said.",
            "detail_read_on": "Day; empty while the detail is owed.",
            "url": "Where this source shows it, if not the posting's own URL.",
            "listed": "1: it was in the last complete listing.",
        },
    ),
    "blocks": (
        "Internal: what a posting shares with those it is worth comparing with.",
        {
            "block": "Number of a key, requisition, address, or employer with a title.",
            "posting": "The posting.",
        },
    ),
    "compared": (
        "Internal: which postings were compared with their blocks, and as what.",
        {
            "posting": "The posting.",
            "content_hash": "What it said then.",
            "closed_at": "Whether it was closed then.",
            "rules": "Version of the rules.",
        },
    ),
    "answers": (
        "Internal: raw answers of the sites, for `rolecall reparse`.",
        {
            "id": "Ascending number.",
            "source": "The source.",
            "native_id": "Of the posting whose detail it is; empty for a page of the listing.",
            "run": "The night.",
            "fetched_at": "Moment.",
            "method": "Of the request.",
            "url": "Of the request.",
            "body_hash": "Of the request's body; empty when it had none.",
            "status": "HTTP status.",
            "answered_by": "The URL that answered, where a redirect led elsewhere.",
            "headers": "Those that tell how to read the body, JSON.",
            "bytes": "Size of the body as it is kept.",
            "body": "Compressed with zlib.",
        },
    ),
    "new_finds": (
        "Open postings without a decision: the editor's desk, newest first.",
        {
            "id": "The posting.",
            "title": "",
            "organization": "",
            "unit": "",
            "location": "",
            "workplace": "",
            "employment_type": "",
            "topic_score": "",
            "lead_score": "",
            "first_seen": "",
            "last_seen": "",
            "date_posted": "",
            "deadline": "valid_through of the posting.",
            "url": "",
            "platform": "",
            "source": "",
            "requisition_id": "",
        },
    ),
    "board": (
        "Open postings for everybody, newest first; without duplicates and rejected ones.",
        {
            "id": "The posting.",
            "title": "",
            "organization": "",
            "unit": "",
            "location": "",
            "workplace": "",
            "employment_type": "",
            "date_posted": "",
            "deadline": "valid_through of the posting.",
            "salary_min": "",
            "salary_max": "",
            "salary_currency": "",
            "salary_unit": "",
            "url": "",
            "apply_url": "",
            "first_seen": "",
            "last_seen": "",
        },
    ),
    "source_health": (
        "How each visited source is.",
        {
            "source": "",
            "employer": "",
            "platform": "",
            "outcome": "Of the last visit.",
            "reason": "Of the last visit.",
            "started": "Of the last visit.",
            "last_ok": "Moment of the last visit that ended ok or empty.",
            "incomplete_in_a_row": "Visits since the last complete one.",
            "listed": "By the last visit.",
            "declared_total": "By the last visit.",
            "median_listed": "Of the five complete visits before the last visit.",
            "open_postings": "",
            "held": "Absent postings that a mass drop keeps open.",
            "requests": "Of the last visit.",
            "seconds": "Of the last visit.",
            "url": "",
        },
    ),
    "postings_search": (
        "What the full-text search `postings_fts` covers.",
        {"id": "The posting.", "title": "", "organization": "", "description": ""},
    ),
}


def as_markdown() -> str:
    """docs/database.md: `python -m db.schema > docs/database.md`."""
    lines = [
        "# The database",
        "",
        "One SQLite file. The names here are a public contract: Datasette readers and scripts may",
        "rely on them, and CHANGELOG.md says when one changes. This page is made by",
        "`python -m db.schema`, and a test keeps it equal to the code.",
        "",
        "Days are ISO 8601 (`YYYY-MM-DD`) in UTC, moments ISO 8601 with their offset, lists and",
        "mappings JSON, truth 0 or 1. The file is in WAL mode: open it while a crawl is writing.",
    ]
    for name, (described, columns) in TABLES.items():
        lines += ["", f"## {name}", "", described, "", "| column | holds |", "|---|---|"]
        lines += [f"| `{column}` | {said} |" for column, said in columns.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(as_markdown())
