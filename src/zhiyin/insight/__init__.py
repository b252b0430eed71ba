"""Read-only numbers across rooms. Nothing here writes; every estimate carries its interval and its n."""
