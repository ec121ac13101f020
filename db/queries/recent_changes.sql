-- What postings said before and say now, the latest first.
SELECT changes.id, runs.started, postings.id AS posting, title, organization, field, old, new, url
FROM changes JOIN postings ON postings.id = changes.posting LEFT JOIN runs ON runs.id = changes.run
WHERE field <> 'description_text'
ORDER BY changes.id DESC LIMIT 500
