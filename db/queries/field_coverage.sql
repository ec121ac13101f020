-- How often each field was given and understood, per source, in its last run.
SELECT source, field, present, parsed, round(100.0 * parsed / present) AS percent_parsed
FROM field_counts
WHERE run = (SELECT max(run) FROM field_counts AS later WHERE later.source = field_counts.source)
ORDER BY source, field
