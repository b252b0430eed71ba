"""What `tools/catalogues.py` is made of."""
