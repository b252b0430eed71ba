"""People and organisations served."""
