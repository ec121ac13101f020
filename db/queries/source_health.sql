-- How each visited source is: its last outcome beside what is usual.
SELECT * FROM source_health
