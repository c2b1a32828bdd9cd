"""The columns of the synchronised tables, read from the domain's rows: no store library is loaded."""

from app.domain.case import TABLES
from app.domain.effects import kinds_of

#: A replica of another layout is thrown away and fetched again; raise this with every change.
LAYOUT = 9
COLUMNS = {name: (*kinds_of(kind), "seq") for name, kind in TABLES.items()}
#: Columns that hold yes or no.
FLAGS = {
    name: tuple(field for field, plain in kinds_of(kind).items() if plain is bool)
    for name, kind in TABLES.items()
}
