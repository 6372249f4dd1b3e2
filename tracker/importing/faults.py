"""What is wrong with a file as a whole, and with one value in it; both say in words what is allowed."""


class Refused(Exception):
    """The file cannot be read, or the import cannot be done; nothing was written. The message is for the editor."""


class Fault(ValueError):
    """A value that no event can have. The message says what is allowed; `column` names where it stands if the reader
    of the value knows better than the table."""

    def __init__(self, words: str, column: str = ""):
        super().__init__(words)
        self.column = column
