"""知音 Zhiyin: customer service that hears the feeling first and closes the loop on every matter."""

__version__ = "0.1.0"
