"""Facts: what was the case each time, whether it failed, and what separates the failures from the rest."""
