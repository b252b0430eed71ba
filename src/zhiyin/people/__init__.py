"""Staff, teams, departments, roles, working calendars."""
