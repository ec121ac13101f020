-- Every version of the description of posting :posting, the newest first: what it says now, then what
-- it said until each change. `since` is the day the version was first read. The difference between
-- two of them: db.versions.difference.
WITH told AS (
    SELECT row_number() OVER (ORDER BY changes.id) AS version, changes.old AS description,
        substr(coalesce(source_runs.started, runs.started), 1, 10) AS until
    FROM changes JOIN postings ON postings.id = changes.posting
    LEFT JOIN runs ON runs.id = changes.run
    LEFT JOIN source_runs
        ON source_runs.run = changes.run AND source_runs.source = postings.source
    WHERE changes.posting = :posting AND field = 'description_text'
    UNION ALL
    SELECT 1 + (
        SELECT count(*) FROM changes WHERE posting = :posting AND field = 'description_text'
    ), description_text, NULL
    FROM texts WHERE posting = :posting
)
SELECT version,
    coalesce(
        lag(until) OVER (ORDER BY version), (SELECT first_seen FROM postings WHERE id = :posting)
    ) AS since,
    until, description
FROM told ORDER BY version DESC
