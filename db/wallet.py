"""Where the system itself keeps a person's secrets: remembered passwords lie there, and in no file of ours."""

from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

#: Keepers that lock what they keep with the person's own login. Others, as a plain file, are no place for it.
_TRUSTED = frozenset(
    f"keyring.backends.{name}"
    for name in ("SecretService", "libsecret", "kwallet", "Windows", "macOS")
)


class Wallet:
    """Passwords by place and login. Blocking. Without a keeper it is empty and keeps nothing."""

    def __init__(self, keeper: "KeyringBackend | None") -> None:
        self._keeper = keeper

    @property
    def is_there(self) -> bool:
        """Whether anything can be kept."""
        return self._keeper is not None

    def get(self, place: str, login: str) -> str:
        """A password, '' for none."""
        if self._keeper is None:
            return ""
        with suppress(Exception):  # whatever a system's keeper raises: the person is asked instead
            return self._keeper.get_password(_service(place), login) or ""
        return ""

    def put(self, place: str, login: str, password: str) -> bool:
        """Keep a password; whether it is kept."""
        if self._keeper is None:
            return False
        with suppress(Exception):  # as above: the desk opens all the same, and the person is told
            self._keeper.set_password(_service(place), login, password)  # pyright: ignore[reportUnknownMemberType] - wrapped without its types
            return True
        return False

    def forget(self, place: str, login: str) -> None:
        """Keep it no more."""
        if self._keeper is not None:
            with suppress(Exception):  # there was none
                self._keeper.delete_password(_service(place), login)


def wallet() -> Wallet:
    """The wallet of this machine; an empty one where there is no keeper, as in a bare container."""
    with suppress(Exception):  # a half-installed keeper must not keep a desk from opening
        from keyring.backend import get_all_keyring  # some 100 ms, only where a password is wanted

        trusted = [one for one in get_all_keyring() if type(one).__module__ in _TRUSTED]
        return Wallet(max(trusted, key=lambda one: float(one.priority), default=None))
    return Wallet(None)


def _service(place: str) -> str:
    return f"fenbo {place}"
