"""The published guarantee held against every case: kept or not, what is owed then, and whether it was given."""
