"""How long what a person writes may be, in characters: a story has room, a name or an address has not."""

from app.domain.refused import Refused

#: A narrative longer than this is a document to attach, not a report.
LONGEST_TEXT = 20_000
#: What stands in one line: the longest of each.
SHORT = {
    "title": 200,
    "address": 200,
    "name": 100,
    "phone": 40,
    "id_number": 40,
    "officer": 100,
    "file_name": 255,
    "digest": 128,
    "source_ref": 200,
}


def within(text: str) -> str:
    """`text` when it is short enough. Raises Refused('text-too-long')."""
    if len(text) > LONGEST_TEXT:
        raise Refused("text-too-long", length=len(text), most=LONGEST_TEXT)
    return text


def short(**lines: str) -> None:
    """Raises Refused('line-too-long') for the first line that is longer than its kind may be."""
    for name, line in lines.items():
        if len(line) > SHORT[name]:
            raise Refused("line-too-long", field=f"line.{name}", length=len(line), most=SHORT[name])
