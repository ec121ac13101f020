"""The site: what the pages show, as plain functions over a connection, and who may see them.

`plugins/` holds the hooks that Datasette calls; each is thin over a module here. `templates/` and
`static/` are what a browser gets. Functions take a `sqlite3.Connection` and give plain rows.
"""
