"""What can be typed about people, hours and the house."""
