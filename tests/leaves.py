"""Every place of a JSON value, for tests that change one after another."""


def leaves(value, path=()) -> list[tuple]:
    """Every place of a JSON value that holds a word or number."""
    if isinstance(value, dict):
        return [leaf for key, one in value.items() for leaf in leaves(one, (*path, key))]
    if isinstance(value, list):
        return [leaf for key, one in enumerate(value) for leaf in leaves(one, (*path, key))]
    return [path]
