"""A store without passwords has none to renew or to change, and says so."""

import pytest

from app.domain.refused import Refused
from app.services.guard import NO_PASSWORDS


@pytest.mark.parametrize(
    "asked", [lambda: NO_PASSWORDS.renew("x"), lambda: NO_PASSWORDS.change("x", "y")]
)
def test_where_there_is_no_password_none_is_changed(asked):
    with pytest.raises(Refused) as no:
        asked()
    assert no.value.code == "password-none"
