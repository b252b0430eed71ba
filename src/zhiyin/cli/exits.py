"""What an exit status means, the same for every command."""

OK = 0
# Something was done and something was not, or a thing outside stood in the way: the text says which.
FAILED = 1
# The command or what it was given cannot be used as it is; nothing was changed.
UNUSABLE = 2
# Going on would be unsafe; nothing was changed.
UNSAFE = 3
