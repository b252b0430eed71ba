"""What the house offers, to which standard and at which touchpoint, and what it guarantees to everybody."""
