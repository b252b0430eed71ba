"""The demo organisation: a property-management company, made through the actions."""
