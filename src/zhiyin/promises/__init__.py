"""Commitments made to customers, kept or broken."""
