"""The ground floor: tables, migrations, queries, the Datasette site."""
