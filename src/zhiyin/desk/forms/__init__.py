"""What staff fill in, with a sentence for everything that is missing."""
