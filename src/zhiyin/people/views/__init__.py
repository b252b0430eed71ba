"""Pages of people: invitations from outside, and the settings behind the name."""
