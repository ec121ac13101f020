-- Open postings whose deadline is within two weeks, the most urgent first.
SELECT id, title, organization, location, valid_through AS deadline,
    CAST(julianday(valid_through) - julianday(date('now')) AS INTEGER) AS days_left, url
FROM postings
WHERE closed_at IS NULL AND duplicate_of IS NULL
    AND valid_through BETWEEN date('now') AND date('now', '+14 days')
ORDER BY valid_through, id
