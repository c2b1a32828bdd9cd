"""How cases are found by what they have to do with others: conditions and questions in SQL."""

FOLLOWERS = "SELECT id FROM case_file WHERE merged_into = ? ORDER BY merged_at, id"
SURVIVOR = "id = (SELECT coalesce(merged_into, split_from) FROM case_file WHERE id = ?)"
COUSINS = (
    "reporter_key = (SELECT reporter_key FROM case_file WHERE id = ?) AND id <> ?"
    " ORDER BY registered_at DESC LIMIT ?"
)
SUPPLEMENTED = "id = (SELECT supplements FROM case_file WHERE id = ?)"
SUPPLEMENTING = "supplements = ? ORDER BY registered_at LIMIT 5"
BY_REPORTER = "SELECT id FROM case_file WHERE reporter_key = ? ORDER BY registered_at DESC LIMIT ?"
BY_PHONE = (
    "SELECT id FROM case_file WHERE rowid IN (SELECT rowid FROM finder WHERE finder MATCH ?)"
    " AND phone_masked = ? ORDER BY registered_at DESC LIMIT ?"
)
BY_NUMBER = "number = ? ORDER BY registered_at LIMIT 1"
NUMBERS = "SELECT number FROM case_file WHERE number >= ? AND number < ?"
