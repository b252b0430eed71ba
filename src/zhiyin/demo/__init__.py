"""The demo organisation 禾安物业 · 梧桐里: written as plays in `content/`, performed through the rooms' own actions."""
