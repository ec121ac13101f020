"""What the desk and the public board need: an order by score, what is off the board, visits.

Whether a posting is on the board is a column of it, kept by a trigger on the marks: readers' SQL
then needs no right to see the marks, and the board is one index.
"""

from __future__ import annotations

from sqlite_utils import Database

TABLES = """
CREATE TABLE visits (
    id INTEGER PRIMARY KEY, editor TEXT NOT NULL, began TEXT NOT NULL, seen TEXT NOT NULL
);
CREATE INDEX visits_editor ON visits(editor, id);
CREATE TABLE samples (
    week TEXT PRIMARY KEY, hidden INTEGER NOT NULL, size INTEGER NOT NULL, judged INTEGER NOT NULL,
    relevant INTEGER NOT NULL, at TEXT NOT NULL
) WITHOUT ROWID
"""

# The desk's order: both axes must speak for a posting. The same words as in db/site/finds.py.
RANK = "coalesce(topic_score, 0) * coalesce(lead_score, 0)"

DEADLINE = "coalesce(valid_through, '9999')"  # those without one come last

# `postings_board` holds the columns of its own condition too: only then SQLite counts by it alone.
INDEXES = f"""
CREATE INDEX postings_best ON postings({RANK} DESC, first_seen DESC, id DESC)
    WHERE closed_at IS NULL AND duplicate_of IS NULL;
CREATE INDEX postings_board ON postings(
    first_seen DESC, id DESC, valid_through, workplace, closed_at, duplicate_of, off_board
) WHERE closed_at IS NULL AND duplicate_of IS NULL AND off_board = 0;
CREATE INDEX postings_urgent ON postings({DEADLINE}, id DESC)
    WHERE closed_at IS NULL AND duplicate_of IS NULL;
CREATE INDEX postings_first_topic ON postings(first_seen, topic_score, lead_score);
CREATE INDEX postings_closed ON postings(closed_at, first_seen) WHERE closed_at IS NOT NULL;
CREATE INDEX places_of_country ON places(country, posting);
CREATE INDEX places_of_posting ON places(posting, country, remote);
CREATE INDEX categories_of_type ON categories(type, category, posting);
CREATE INDEX listed_title ON listed(title COLLATE NOCASE);
CREATE INDEX listed_url ON listed(url);
CREATE INDEX field_counts_source ON field_counts(source, run, field, present, postings)
"""

# The latest decision. An `undo` that names another posting takes a `not_duplicate` back, which says
# nothing about wanting the posting; a snooze that is over is no decision any more.
_SAID = """CASE
            WHEN decision = 'snooze' AND until <= date('now') THEN 'undo' ELSE decision
        END"""
_COUNTS = "NOT (decision = 'not_duplicate' OR (decision = 'undo' AND other IS NOT NULL))"
LATEST = f"""(
        SELECT {_SAID} FROM marks WHERE marks.posting = postings.id AND {_COUNTS}
        ORDER BY id DESC LIMIT 1
    )"""

# What was decided about a posting holds when another turns out to stand for it: an advertisement on
# a board was listed, and later the employer's own is found.
_COPIES = "postings AS copy"
_OF_THIS = "copy.duplicate_of = postings.id AND copy.duplicate_of IS NOT NULL"
_LATEST_OF_COPIES = f"""(
        SELECT {_SAID} FROM marks WHERE id = (
            SELECT max(marks.id) FROM {_COPIES} CROSS JOIN marks ON marks.posting = copy.id
            WHERE {_OF_THIS} AND {_COUNTS}
        )
    )"""

# Without a mark, what was listed elsewhere counts as one. The plus keeps SQLite from searching by
# platform, which most of the listed do not have.
DECISION = f"""coalesce({LATEST}, {_LATEST_OF_COPIES}, CASE
        WHEN EXISTS (
            SELECT 1 FROM keys JOIN listed USING (platform, tenant, key)
            WHERE keys.posting = postings.id
        ) OR EXISTS (
            SELECT 1 FROM listed
            WHERE listed.url IN (postings.url, postings.apply_url) AND +listed.platform IS NULL
        ) OR EXISTS (
            SELECT 1 FROM {_COPIES} CROSS JOIN keys ON keys.posting = copy.id
            JOIN listed ON listed.platform = keys.platform AND listed.tenant = keys.tenant
                AND listed.key = keys.key
            WHERE {_OF_THIS}
        ) THEN 'listed'
        ELSE 'undo'
    END)"""

VIEWS = {
    "new_finds": f"""
CREATE VIEW new_finds AS
SELECT id, title, organization, unit, location, workplace, employment_type, topic_score, lead_score,
    first_seen, last_seen, date_posted, valid_through AS deadline, url, platform, source,
    requisition_id
FROM postings
WHERE closed_at IS NULL AND duplicate_of IS NULL
    AND (valid_through IS NULL OR valid_through >= date('now'))
    AND {DECISION} = 'undo'
ORDER BY first_seen DESC, id DESC
""",
    "board": """
CREATE VIEW board AS
SELECT id, title, organization, unit, location, workplace, employment_type, date_posted,
    valid_through AS deadline, salary_min, salary_max, salary_currency, salary_unit, url, apply_url,
    first_seen, last_seen
FROM postings
WHERE closed_at IS NULL AND duplicate_of IS NULL AND off_board = 0
    AND (valid_through IS NULL OR valid_through >= date('now'))
ORDER BY first_seen DESC, id DESC
""",
}

TRIGGER = """
CREATE TRIGGER marks_board AFTER INSERT ON marks
WHEN NOT (new.decision = 'not_duplicate' OR (new.decision = 'undo' AND new.other IS NOT NULL))
BEGIN
    UPDATE postings SET off_board = (new.decision = 'reject')
    WHERE id = new.posting AND off_board <> (new.decision = 'reject');
END
"""


def apply(db: Database) -> None:
    """Add column, tables and indexes; what is rejected already leaves the board."""
    db.execute("ALTER TABLE postings ADD COLUMN off_board INTEGER NOT NULL DEFAULT 0")
    db.execute(
        "UPDATE postings SET off_board = 1 "
        f"WHERE id IN (SELECT posting FROM marks) AND {LATEST} = 'reject'"
    )
    for script in (TABLES, INDEXES):
        for statement in script.split(";\n"):
            db.execute(statement)
    for name, view in VIEWS.items():
        db.execute(f"DROP VIEW {name}")
        db.execute(view)
    db.execute(TRIGGER)
