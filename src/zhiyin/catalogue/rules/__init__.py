"""Words and decisions of the catalogue: levels, measures, what holds on which day, what a change looks like. Pure."""
