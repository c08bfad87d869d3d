"""Running a scenario: replications, workers, the results folder, and what is read from it.

``study`` runs; ``replicate`` is one replication, ``parallel`` spreads them over processes; ``store`` is the folder, ``manifest`` what it
says of itself, ``tables`` its Parquet files and ``rows`` what stands in them; ``results`` reads it, ``headlines`` picks what is shown first.
"""
