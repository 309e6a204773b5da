# SPDX-License-Identifier: GPL-2.0-or-later
"""What only a later frame shows, so that the first pass cannot know it."""

# Where an offer or a command will be answered, and how; what a conversation will be joined with.
LATER = ("skypefed.call.answer_in", "skypefed.conversation_number.joined", "skypefed.conference.response_in",
         "skypefed.conference.result", "skypefed.messaging.response_in", "skypefed.messaging.result")

# How their lines in the details begin.
LATER_LABELS = ("Answer in: ", "Part of the older conversation: ", "Response in: ", "Result: ")
