"""The steps that make a checkout ready: standard library only."""
