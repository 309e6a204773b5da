# SPDX-License-Identifier: GPL-2.0-or-later
"""Carries messages through real TLS, with the secrets that open it in the capture: the INVITE, and a call of Teams.

TLS is never twice the same, and captures must be.  So a session between two endpoints of OpenSSL is
recorded once (generate.py --record-tls) into a file beside this one, and the capture is built from that
recording as long as the messages are those that were recorded.
"""

import hashlib
import json
import ssl
import subprocess
import tempfile
from pathlib import Path

from . import scenario, variants, wire

NAME = variants.BASE + "-tls"

# The capture -> where its recording is, the name of the server, and what is carried: a list of (party, bytes).
_FOLDER = Path(__file__).resolve().parent
_SESSIONS = {
    NAME: (_FOLDER / "tls-session.json", "edge.example.com", lambda: [("a", variants.invite())]),
    "teams-inbound-call-tls": (_FOLDER / "tls-session-teams.json", "sip.pstnhub.microsoft.com",
                               lambda: scenario.load("teams-inbound-call")[0].messages),
}

_PORT = 5061
_CERTIFICATE_DAYS = "3650"


class StaleRecording(Exception):
    """The recorded session carries another message than the one in samples/messages."""


def names():
    """The captures that are recorded."""
    return list(_SESSIONS)


def record(name=NAME):
    """Run a session that carries the messages of a capture and return it, ready for JSON.

    {"plaintext_sha256": hex, "key_log": [line, ...], "flights": [[party, hex of the bytes sent], ...]}
    """
    _, server_name, messages = _SESSIONS[name]
    with tempfile.TemporaryDirectory() as folder:
        key_log = Path(folder) / "keys.log"
        client, server = _contexts(Path(folder), key_log, server_name)
        flights = _run(client, server, server_name, messages())
        lines = [line for line in key_log.read_text("ascii").splitlines() if not line.startswith("#")]
    return {"plaintext_sha256": _digest(name), "key_log": lines,
            "flights": [[party, data.hex()] for party, data in flights]}


def save(recording, path=None, name=NAME):
    """Write a recording where load() finds it."""
    path = path or _SESSIONS[name][0]
    path.write_text(json.dumps(recording, indent=1) + "\n", "ascii")


def load(path=None, name=NAME):
    """The committed recording; StaleRecording if a message changed since."""
    path = path or _SESSIONS[name][0]
    recording = json.loads(path.read_text("ascii"))
    if recording["plaintext_sha256"] != _digest(name):
        raise StaleRecording(f"the messages of {name} are not those that were recorded; "
                             "run: samples/generate.py --record-tls")
    return recording


def _digest(name):
    return hashlib.sha256(b"".join(data for _, data in _SESSIONS[name][2]())).hexdigest()


def key_log(recording):
    """The secrets as the bytes of a key log, for a Decryption Secrets Block."""
    return "".join(line + "\n" for line in recording["key_log"]).encode("ascii")


def frames(recording):
    """The frames of the recorded session on one TCP connection to port 5061."""
    link = wire.TcpConversation(*scenario.endpoints(0, server_port=_PORT), scenario.START)
    flights = [(party, bytes.fromhex(data)) for party, data in recording["flights"]]
    return scenario.play(link, scenario.Conversation(flights))


def _contexts(folder, key_log_path, server_name):
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                    "-nodes", "-days", _CERTIFICATE_DAYS, "-subj", "/CN=" + server_name,
                    "-keyout", key, "-out", certificate], check=True, capture_output=True)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname = False
    client.load_verify_locations(certificate)
    # The newest that Edge servers of that time speak.
    client.minimum_version = client.maximum_version = ssl.TLSVersion.TLSv1_2
    client.keylog_filename = str(key_log_path)
    return client, server


def _run(client_context, server_context, server_name, messages):
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = client_context.wrap_bio(to_client, to_server, server_hostname=server_name)
    flights = []

    # The server reads a copy, so that each flight can be noted on its way.
    server_in, server_out = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = server_context.wrap_bio(server_in, server_out, server_side=True)

    def deliver(party, source, target):
        data = source.read()
        if data:
            flights.append((party, data))
            target.write(data)

    def until_done(*steps):
        pending = list(steps)
        while pending:
            for step in list(pending):
                try:
                    step()
                    pending.remove(step)
                except ssl.SSLWantReadError:
                    pass
                deliver("a", to_server, server_in)
                deliver("b", server_out, to_client)

    until_done(client.do_handshake, server.do_handshake)
    for party, plaintext in messages:
        sender, receiver = (client, server) if party == "a" else (server, client)
        sender.write(plaintext)
        deliver("a", to_server, server_in)
        deliver("b", server_out, to_client)
        received = b""
        while len(received) < len(plaintext):
            received += receiver.read(len(plaintext))
        if received != plaintext:
            raise RuntimeError("the session did not carry the message")
    until_done(client.unwrap, server.unwrap)
    return flights
