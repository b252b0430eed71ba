"""One archive for everything: the database as of one moment, the uploaded files, and what proves both."""
