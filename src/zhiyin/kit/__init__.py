"""What every room stands on; no business words here."""
