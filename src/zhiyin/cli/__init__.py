"""The zhiyin command."""
