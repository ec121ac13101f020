-- Postings that were open on :day (YYYY-MM-DD): seen by then, and not closed by then. A posting that
-- closed and reopened was not open in between; a change of `closed_at` from a day to nothing is its
-- reopening, on the day its source was visited. Deadlines that passed unread close the day after.
SELECT id, title, organization, location, first_seen, closed_at, closed_reason, url
FROM postings
WHERE first_seen <= :day AND (closed_at IS NULL OR closed_at > :day)
    AND NOT EXISTS (
        SELECT 1 FROM changes JOIN runs ON runs.id = changes.run
        LEFT JOIN source_runs
            ON source_runs.run = changes.run AND source_runs.source = postings.source
        WHERE changes.posting = postings.id AND field = 'closed_at' AND old <= :day
            AND substr(coalesce(source_runs.started, runs.started), 1, 10) > :day
    )
ORDER BY first_seen DESC, id DESC
