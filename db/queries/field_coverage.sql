-- How often each field was given and understood, per source, in its last run that read postings.
SELECT source, field, postings, present, parsed, round(100.0 * parsed / present) AS percent_parsed,
    characters / nullif(present, 0) AS mean_characters
FROM field_counts
WHERE run = (SELECT max(run) FROM field_counts AS later WHERE later.source = field_counts.source)
ORDER BY source, field
