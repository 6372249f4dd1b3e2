"""Faults of the shipped files: how one is named, and the error that carries them all."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """What a fault is found on: the file, and the slug of the object in it."""

    file: str
    slug: str


@dataclass(frozen=True)
class Fault:
    """One fault; as text: file, slug, field, and what is wrong."""

    subject: Subject
    field: str
    words: str

    def __str__(self):
        parts = (self.subject.file, self.subject.slug, self.field, self.words)
        return ": ".join(part for part in parts if part)


class Faulty(ValueError):
    """The files are not fit to be loaded; `faults` says why, one line each in the message."""

    def __init__(self, faults: list[Fault]):
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))
