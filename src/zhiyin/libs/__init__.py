"""Pure Python: no Django, no network. Libraries do not import each other."""
