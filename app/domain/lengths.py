"""How long what a person writes may be, in characters: a story has room, a name or an address has not."""

from app.domain.refused import Refused

#: A narrative longer than this is a document to attach, not a report.
LONGEST_TEXT = 20_000
#: A file that joins a case may have so many bytes: the centre checks it in one piece.
MEGABYTE = 1024 * 1024
LARGEST_FILE = 64 * MEGABYTE
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


def portable(size: int) -> int:
    """`size` (bytes) when a file of it can travel. Raises Refused('file-too-large')."""
    if size > LARGEST_FILE:
        raise Refused("file-too-large", size=-(-size // MEGABYTE), most=LARGEST_FILE // MEGABYTE)
    return size


def short(**lines: str) -> None:
    """Raises Refused('line-too-long') for the first line that is longer than its kind may be."""
    for name, line in lines.items():
        if len(line) > SHORT[name]:
            raise Refused("line-too-long", field=f"line.{name}", length=len(line), most=SHORT[name])
