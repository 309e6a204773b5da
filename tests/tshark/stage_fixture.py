# SPDX-License-Identifier: GPL-2.0-or-later
"""The Stage as a fixture: a conftest.py that imports it has it."""

import pytest

from stage import Stage, StageError, variable


@pytest.fixture(scope="session")
def stage():
    """The Stage of this test session."""
    try:
        made = Stage(variable("SKYPEFED_PLUGIN_DIR", "folder that holds X.Y/epan/skypefed.so"))
    except StageError as error:
        pytest.fail(str(error), pytrace=False)
    yield made
    made.close()
