"""What a facts table is made of, and what may stand in it. Pure."""
