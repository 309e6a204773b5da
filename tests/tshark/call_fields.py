# SPDX-License-Identifier: GPL-2.0-or-later
"""The fields of calls and of the conversations that they belong to, with their types: a part of the contract."""

FIELDS = """
    skypefed.call                           FT_UINT32
    skypefed.call.offer_in                  FT_FRAMENUM
    skypefed.call.answer_in                 FT_FRAMENUM
    skypefed.call.transferred_from          FT_UINT32
    skypefed.conversation_number            FT_UINT32
    skypefed.conversation_number.evidence   FT_STRING
    skypefed.conversation_number.joined     FT_UINT32
    skypefed.call.code                      FT_UINT32
    skypefed.call.meaning                   FT_STRING
    skypefed.call.outcome                   FT_UINT8
    skypefed.call.response                  FT_UINT16
    skypefed.call.media_seen                FT_UINT8
    skypefed.call.media_direction           FT_UINT8
    skypefed.call.media_clear               FT_BOOLEAN
    skypefed.call.begins_in                 FT_FRAMENUM
    skypefed.call.duration                  FT_RELATIVE_TIME
    skypefed.call.verdict                   FT_UINT8
    skypefed.media.verdict                  FT_UINT8
    skypefed.media.crypto_tag               FT_UINT32
"""
