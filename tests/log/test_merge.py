# SPDX-License-Identifier: GPL-2.0-or-later
"""Several logs at once, and diagnostic records with their messages."""

import gzip
import resource
import subprocess

import loggen
from conftest import ENVIRONMENT, HANG_SECONDS
from records import OPTIONS, SERVER_FUNCTION, SERVER_HEAD, client, lines, message, server


def test_merged_by_time(convert, tmp_path):
    """Messages of the same calls, distributed over logs of four formats, are merged in order."""
    messages = loggen.calls(60)
    names = ["uccapi", "server", "s4", "expressway"]
    paths = []
    for index, name in enumerate(names):
        path = tmp_path / f"{index}.txt"
        path.write_bytes(loggen.log(messages[index :: len(names)], name).encode())
        paths.append(path)
    result = convert(b"", *paths)
    assert [packet.time for packet in result.packets] == [message.nanoseconds for message in messages]
    assert sorted(result.texts) == sorted(loggen.reordered(m) if index % 4 == 1 else m.text
                                          for index, m in enumerate(messages))
    assert f"{len(messages)} messages written from 4 logs" in result.summary


def test_standard_input_among_files(convert, tmp_path):
    messages = loggen.calls(10)
    path = tmp_path / "half.gz"
    path.write_bytes(gzip.compress(loggen.log(messages[::2], "uccapi").encode()))
    result = convert(loggen.log(messages[1::2], "sipe"), path, "-")
    assert [packet.time for packet in result.packets] == [message.nanoseconds for message in messages]


def test_more_logs_than_a_shell_allows(program, tmp_path):
    """Each log stays open until the end, so the program asks for more files than it may open at first."""
    messages = loggen.calls(30)
    paths = [tmp_path / f"{number}.txt" for number in range(100)]
    for number, path in enumerate(paths):
        path.write_bytes(loggen.log(messages[number::100], "uccapi").encode())
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    done = subprocess.run([program, "-o", tmp_path / "out.pcapng", *paths], stderr=subprocess.PIPE, env=ENVIRONMENT,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard)),
                          timeout=HANG_SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    assert f"{len(messages)} messages written from 100 logs" in done.stderr.decode()


def test_order_inside_a_log_stays(convert):
    """Centralized logging merges machines without sorting: the order of the log is kept."""
    messages = loggen.calls(10)[::-1]
    assert convert(loggen.log(messages, "server")).texts == [loggen.reordered(m) for m in messages]


def test_message_without_time_keeps_its_place(convert):
    untimed = "\n".join([*OPTIONS, "", "prose", ""])
    result = convert(untimed)
    assert result.packets[0].time == 0
    assert any("time unknown" in comment for comment in result.packets[0].comments)


def diagnostic(start="SIP/2.0 504 Server time-out", call="c1", cseq="1 OPTIONS", text="Cannot route this message"):
    head = SERVER_HEAD.replace("TF_PROTOCOL", "TF_DIAG").replace("TL_INFO", "TL_ERROR") + SERVER_FUNCTION
    return lines(head + "$$begin_record", "LogType: diagnostic", "Severity: error", f"Text: {text}",
                 "Result-Code: 0xc3e93d80 SIPPROXY_E_ROUTING_NO_FEDERATION", f"SIP-Start-Line: {start}",
                 f"SIP-Call-ID: {call}", f"SIP-CSeq: {cseq}", 'Data: destination="user@example.org"', "$$end_record")


RESPONSE = ["SIP/2.0 504 Server time-out", *OPTIONS[1:]]


def with_diagnostic(result):
    return [index for index, packet in enumerate(result.packets)
            if any(comment.startswith("Diagnostic record") for comment in packet.comments)]


def test_diagnostic_after_its_message(convert):
    log = server(*OPTIONS, "Message-Body: -") + server(*RESPONSE, "Message-Body: -", direction="outgoing") + diagnostic()
    result = convert(log)
    assert with_diagnostic(result) == [1]
    comment = result.packets[1].comments[-1]
    for part in ("severity error", "Cannot route this message", "0xc3e93d80", 'destination="user@example.org"', "line 31"):
        assert part in comment
    assert "1 diagnostic record attached" in result.summary


def test_diagnostic_with_a_key(convert):
    key = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIz"
    log = server(*RESPONSE, "Message-Body: -") + diagnostic(text=f"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{key}|2^31")
    comment = convert(log).packets[0].comments[-1]
    assert comment.startswith("Diagnostic record") and "0xc3e93d80" in comment and key[:8] not in comment


def test_diagnostic_before_its_message(convert):
    log = diagnostic() + server(*OPTIONS, "Message-Body: -") + server(*RESPONSE, "Message-Body: -")
    assert with_diagnostic(convert(log)) == [1]


def test_diagnostic_of_a_request(convert):
    log = server(*OPTIONS, "Message-Body: -") + diagnostic(start=OPTIONS[0]) + server(*RESPONSE, "Message-Body: -")
    assert with_diagnostic(convert(log)) == [0]


def test_diagnostic_with_another_start_line(convert):
    """If no message has its start line, it is attached to the last message of the transaction."""
    log = diagnostic(start="SIP/2.0 403 Forbidden") + server(*OPTIONS, "Message-Body: -") + server(*RESPONSE, "Message-Body: -")
    assert with_diagnostic(convert(log)) == [1]


def test_diagnostic_of_nothing(convert):
    result = convert(diagnostic(call="other") + server(*OPTIONS, "Message-Body: -") + diagnostic(cseq="2 OPTIONS"))
    assert with_diagnostic(result) == []
    assert "2 diagnostic records without a matching message" in result.summary


def test_many_diagnostics(convert):
    """Hundreds of them without messages: all are counted, and nothing else changes."""
    strangers = "".join(diagnostic(call=f"stranger{n}") for n in range(300))
    result = convert(strangers + server(*OPTIONS, "Message-Body: -") + diagnostic(start=OPTIONS[0]))
    assert with_diagnostic(result) == [0]
    assert "300 diagnostic records without a matching message" in result.summary


def test_client_log_has_no_diagnostics(convert):
    """Labels mean nothing in a client log."""
    result = convert(client(*OPTIONS, "SIP-Call-ID: c1", ""))
    assert result.texts == [message(*OPTIONS, "SIP-Call-ID: c1")]
