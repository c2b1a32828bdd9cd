"""What a person's own password has to be: long enough, of several kinds of signs, and not what is guessed first."""

from app.domain.refused import Refused

#: Signs at least and at most, and how many of four kinds: small letters, capitals, figures, everything else.
LEAST, MOST, KINDS = 8, 256, 3


def check(new: str, old: str, login: str) -> None:
    """Raises Refused: password-short, password-odd, password-simple, password-login, password-same."""
    if len(new) < LEAST:
        raise Refused("password-short", least=LEAST)
    if len(new) > MOST or not new.isprintable() or new != new.strip():
        raise Refused("password-odd", most=MOST)
    if _kinds(new) < KINDS:
        raise Refused("password-simple", kinds=KINDS)
    if login and login.casefold() in new.casefold():
        raise Refused("password-login", login=login)
    if new == old:
        raise Refused("password-same")


def _kinds(new: str) -> int:
    kinds = (str.islower, str.isupper, str.isdigit)
    return len({next((n for n, is_one in enumerate(kinds) if is_one(sign)), 3) for sign in new})
