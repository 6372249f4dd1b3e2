"""Prints what may stand in the environment, and what does."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tracker.environment_table import TABLE, Variable, markdown


class Command(BaseCommand):
    help = "Lists every name that is read from the environment, with what is set; secrets are not shown."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--markdown", action="store_true", help="print docs/environment.md")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["markdown"]:
            self.stdout.write(markdown(), ending="")
            return
        group = ""
        for one in TABLE:
            if one.group != group:
                group = one.group
                self.stdout.write(f"\n{group}")
            self.stdout.write(f"  {one.name} = {shown(one)}\n      {one.what}\n      Allowed: {one.allowed}")


def shown(one: Variable) -> str:
    """What is set, a secret only as that; else what holds without it."""
    value = os.environ.get(one.name, "")
    if not value:
        return f"(not set: {one.default})"
    return "(set)" if one.secret else value
