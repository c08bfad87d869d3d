"""What people read: numbers as each language writes them, the short table at the end of a run, the table in a notebook."""
