"""What a person is told when the local stack cannot go on."""


class Trouble(Exception):
    """One sentence that says what is wrong, and what to do next. Shown without a traceback."""
