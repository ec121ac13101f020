"""What was listed already, from documents: postings that need not be stored (yet).

`marks` refer to stored postings. A newsletter of two years ago names postings that no crawl has
seen, or will see under another address; they are kept by their key, or by their address where no
platform is known, and the desk leaves them out whenever they turn up. A decision about the posting
itself (a mark) goes before.
"""

from __future__ import annotations

from sqlite_utils import Database

TABLE = """
CREATE TABLE listed (
    id INTEGER PRIMARY KEY, platform TEXT, tenant TEXT, key TEXT, url TEXT NOT NULL, title TEXT,
    organization TEXT, issue TEXT NOT NULL DEFAULT '', listed_on TEXT, document TEXT,
    at TEXT NOT NULL
);
CREATE UNIQUE INDEX listed_once ON listed(url, issue, coalesce(title, ''));
CREATE INDEX listed_key ON listed(platform, tenant, key)
"""

# As in the first schema; without a mark, what was listed elsewhere counts as one.
_DECISION = """coalesce((
        SELECT CASE WHEN decision = 'snooze' AND until <= date('now') THEN 'undo' ELSE decision END
        FROM marks WHERE marks.posting = postings.id AND decision <> 'not_duplicate'
        ORDER BY id DESC LIMIT 1
    ), CASE
        WHEN EXISTS (
            SELECT 1 FROM keys JOIN listed USING (platform, tenant, key)
            WHERE keys.posting = postings.id
        ) OR EXISTS (
            SELECT 1 FROM listed
            WHERE listed.url IN (postings.url, postings.apply_url) AND listed.platform IS NULL
        ) THEN 'listed'
        ELSE 'undo'
    END)"""

VIEW = f"""
CREATE VIEW new_finds AS
SELECT id, title, organization, unit, location, workplace, employment_type, topic_score, lead_score,
    first_seen, last_seen, date_posted, valid_through AS deadline, url, platform, source,
    requisition_id
FROM postings
WHERE closed_at IS NULL AND duplicate_of IS NULL
    AND (valid_through IS NULL OR valid_through >= date('now'))
    AND {_DECISION} = 'undo'
ORDER BY first_seen DESC, id DESC
"""


def apply(db: Database) -> None:
    """Add the table and let the desk's view consult it."""
    for statement in TABLE.split(";\n"):
        db.execute(statement)
    db.execute("DROP VIEW new_finds")
    db.execute(VIEW)
