"""Statutory clocks: rules of time as dated data, what authorities send us, and the letters that answer them."""
