"""The one way a rule says no: a code and the facts that make its sentence."""

from typing import Any


class Refused(Exception):
    """A rule of the Measures refuses a command; `ui/sentences.py` turns `code` and `facts` into words."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}" if self.facts else self.code
