"""How good the records are, on labelled data: `make measure DATA=DIR`.

DIR holds files of the names and columns of the maintainers' data (listings.csv, rct_board.csv,
duplicate_pairs.csv, negatives.csv, labelled_uk_academic_jobs.csv). The code is evaluated as it is
shipped; nothing is trained. Each module here measures one thing and is found by walking:

    measure(data: Path) -> dict     figures, JSON-serialisable; None when its file is not in DIR

The result is one JSON object with the modules' names as keys; docs/quality.md quotes it.
"""
