-- Open postings first seen in the last seven days, newest first.
SELECT id, title, organization, location, date_posted, valid_through AS deadline, first_seen, url
FROM postings
WHERE closed_at IS NULL AND duplicate_of IS NULL AND first_seen > date('now', '-7 days')
ORDER BY first_seen DESC, id DESC
