# SPDX-License-Identifier: GPL-2.0-or-later
"""The stage on which the measured tshark runs."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tshark"))

from stage_fixture import stage  # noqa: E402, F401  (a fixture, found by the line above)
