"""What a command's help says of its JSON; a test holds it against what is printed."""

ESTIMATE = "value low high n se method level"


def keys(*names: str, **parts: str) -> str:
    """`index (value low …), attributes (name …), n`: keys with parts first, then those without."""
    with_parts = [f"{name} ({inside})" for name, inside in parts.items()]
    return "JSON: " + ", ".join([*with_parts, *names])
