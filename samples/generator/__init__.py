# SPDX-License-Identifier: GPL-2.0-or-later
"""Turns the messages of samples/messages into captures; samples/generate.py is the command."""
