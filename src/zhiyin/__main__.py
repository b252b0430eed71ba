"""`python -m zhiyin` is the installed command."""

from zhiyin.cli import main

main()
