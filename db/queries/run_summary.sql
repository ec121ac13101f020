-- One night, source by source: how each visit ended and what it brought.
SELECT source_runs.source, employer, outcome, source_runs.reason, listed, declared_total, new,
    changed, closed, reopened, held, rejected, requests, seconds
FROM source_runs JOIN sources ON sources.id = source_runs.source
WHERE run = :run
ORDER BY source_runs.source
