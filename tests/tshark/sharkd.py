# SPDX-License-Identifier: GPL-2.0-or-later
"""sharkd, Wireshark's server without a window: it dissects any frame at any time, as clicks in the window do.

It comes with tshark in Debian (wireshark-common) and lies beside it.
"""

import json
from pathlib import Path

from stage import variable


def ask(stage, capture, requests):
    """Load a capture and put requests to sharkd in one session; gives their results in order.

    requests: (method, parameters) pairs.
    """
    program = Path(variable("TSHARK", "path of the tshark to test")).resolve().parent / "sharkd"
    lines = [("load", {"file": str(capture)}), *requests]
    text = "".join(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": parameters}) + "\n"
                   for number, (method, parameters) in enumerate(lines, start=1))
    done = stage.run([program, "-"], input=text.encode("ascii"))
    answers = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines() if line.startswith("{")]
    assert done.returncode == 0 and len(answers) == len(lines), done.stderr.decode("utf-8", "replace")
    assert all("error" not in answer for answer in answers), answers
    return [answer["result"] for answer in answers[1:]]


ELSEWHERE = "skypefed.body.hidden"  # a row of ours in the place of the body, below the protocol that carries it


def labels(tree, below="skypefed"):
    """The lines of the details pane that stand below the fields of one protocol, in order, as the pane shows them."""
    shown = []
    for node in tree:
        if any(str(node.get(key, "")).split(" ")[0] == ELSEWHERE for key in ("f", "fn")):
            continue
        is_ours = any(str(node.get(key, "")).split(" ")[0].split(".")[0] == below for key in ("f", "fn"))
        if is_ours:
            shown += _all(node)
        else:
            shown += labels(node.get("n", []), below)
    return shown


def _all(node):
    lines = [node["l"]]
    for child in node.get("n", []):
        lines += _all(child)
    return lines
