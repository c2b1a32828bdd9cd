"""What PostgreSQL's errors mean to a desk: away for a while, refused for good, or our own bug."""

import json
import re

import psycopg

from app.domain.refused import Refused
from app.services.ports import Unreachable
from db.postgres.certificate import DOUBTED, doubt

#: Tried again at once by the client, then said to be busy.
PASSING = frozenset({"40001", "40P01", "55P03"})
#: SQLSTATE, or its class, of what waiting may heal; the rest of the tale is in the sentence of the code.
_WAITING = {
    "08": "centre",  # connection exceptions
    "57P01": "centre",  # ended by an administrator
    "57P02": "centre",  # crash of the server
    "57P03": "centre-starting",  # cannot connect now
    "57P05": "centre",  # idle session ended
    "57014": "centre-slow",  # cancelled by a time limit
    "25P03": "centre-slow",  # idle in transaction ended
    "25006": "centre-read-only",  # a standby, or a server set read-only
    "53100": "store-full",
    "53200": "centre-full",
    "53300": "centre-full",
    "58": "store-disk",
    **dict.fromkeys(PASSING, "store-busy"),
}
#: What no waiting heals: no right to it, no centre in that database, or one of an older program.
_REFUSED = {
    "42501": "centre-not-let-in",
    "28000": "centre-not-let-in",
    "3F000": "store-empty",
    "42883": "centre-lacks-function",
}
#: Servers tell why nobody gets in only in words: English, or Chinese as PostgreSQL's own catalogue has them.
_WORDS = (
    (r"starting up|shutting down|recovery|正在启动|正在关闭|恢复", "centre-starting"),
    (
        r"too many (connections|clients)|remaining connection slots|连接.*太多|太多.*连接",
        "centre-full",
    ),
)
#: What is wrong with a login itself, so that its person can be told.
_LOGIN = (
    (r"no password supplied", "login-needed"),
    (r"(password|密码|口令) ?(authentication failed|认证失败)", "login-wrong"),
    (r"is not permitted to log in|不允许登录", "login-shut"),
)
#: Why a line that has to be guarded was not: nobody's fault who sits here, so he works on without the centre.
_UNGUARDED = (
    (r"does not support SSL", "centre-no-tls"),
    (r"does not match host name", "centre-misnamed"),
    (r"root certificate file|root\.crt", "centre-root"),
    (
        r"valid client certificate|alert (unknown ca|certificate|bad certificate)|private key|certificate file"
        r"|certificate present",
        "seat-certificate",
    ),
    (r"channel binding", "centre-unbound"),
)
_NOT_LET_IN = re.compile(
    r"authentication failed|no pg_hba\.conf entry|pg_hba\.conf rejects"
    r'|role "[^"]*" does not exist|permission denied for database|认证失败|认证.*失败|没有.*pg_hba'
)


def unreachable(error: psycopg.Error, way: str = "") -> Unreachable | Refused:
    """What a connection that was not made means; a certificate that was not believed on `way` is looked at."""
    said = str(error)
    if DOUBTED in said:
        return Unreachable(doubt(way))
    for words, code in _UNGUARDED:
        if re.search(words, said):
            return Unreachable(code)
    for words, code in _LOGIN:
        if re.search(words, said, re.IGNORECASE):
            return Refused(code)
    if _NOT_LET_IN.search(said):
        return Refused("centre-not-let-in")
    code = next((code for words, code in _WORDS if re.search(words, said)), "centre")
    return Unreachable(code)


def meaning(error: psycopg.Error) -> Unreachable | Refused | None:
    """What an error of a statement means; None for what only a bug explains."""
    state = error.sqlstate or ""
    if state == "FB001":
        facts = json.loads(error.diag.message_detail or "{}")
        return Refused(str(error.diag.message_primary), **facts)
    if state in _REFUSED:
        return Refused(_REFUSED[state])
    code = _WAITING.get(state) or _WAITING.get(state[:2])
    if code is None and not state and isinstance(error, psycopg.OperationalError):
        code = "centre"  # the connection broke: nobody was left to say more
    return None if code is None else Unreachable(code)
