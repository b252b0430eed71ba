FOUND: dict = {}
