"""Why the certificate of a centre was not believed: libpq says only that it was not."""

import socket
import struct
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Conninfo

#: What libpq says of it, in every language.
DOUBTED = "certificate verify failed"
#: So long may a server take to show its certificate once more (seconds).
_PATIENCE = 3.0
#: The length and the code of PostgreSQL's own question for TLS.
_ASK_FOR_TLS = struct.pack("!II", 8, 80877103)
#: OpenSSL's numbers for a certificate before and after its time.
_OUT_OF_DATE = (9, 10)
_EXPIRED, _UNKNOWN = "centre-expired", "centre-unknown"


def doubt(way: str) -> str:
    """`centre-expired` for a certificate that is not good now, `centre-unknown` for one of a stranger.

    Blocking. Shown by the server once more; nothing is said to it.
    """
    said = {name: str(value) for name, value in {**_usual(), **conninfo_to_dict(way)}.items()}
    hosts = (said.get("hostaddr") or said.get("host") or "").split(",")
    ports = said.get("port", "5432").split(",")
    for number, host in enumerate(hosts):
        port = int(ports[number] if len(ports) > 1 else ports[0])
        if _is_out_of_date(host, port, said):
            return _EXPIRED
    return _UNKNOWN


def _usual() -> dict[str, str]:
    """What libpq takes where nothing is said: the environment's, else its own."""
    found = {one.keyword.decode(): one.val or one.compiled for one in Conninfo.get_defaults()}
    return {name: value.decode() for name, value in found.items() if value}


def _is_out_of_date(host: str, port: int, said: dict[str, str]) -> bool:
    import ssl  # needed by nobody whose centre is in order

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    root = said.get("sslrootcert") or str(Path.home() / ".postgresql" / "root.crt")
    try:
        context.load_verify_locations(root) if root != "system" else context.load_default_certs()
        with socket.create_connection((host, port), _PATIENCE) as line:
            if said.get("sslnegotiation") != "direct":
                line.sendall(_ASK_FOR_TLS)
                line.recv(1)
            with context.wrap_socket(line, server_hostname=said.get("host", host)):
                return False
    except ssl.SSLCertVerificationError as no:
        return no.verify_code in _OUT_OF_DATE
    except OSError:
        return False
