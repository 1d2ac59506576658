"""What stops a command."""


class StackError(Exception):
    """What stops a command, said so that the person at the keyboard knows what to do."""
