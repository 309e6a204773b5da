# SPDX-License-Identifier: GPL-2.0-or-later
"""A pcapng writer: section, interface, packets and decryption secrets.

Own code because scapy writes no Decryption Secrets Block, and because the files are compared byte for
byte: no option names the program, the machine or the day.  Blocks and their numbers are those of
draft-ietf-opsawg-pcapng, sections 4.1 (SHB), 4.2 (IDB), 4.3 (EPB) and 4.7 (DSB).
"""

import struct

_SECTION_HEADER = 0x0A0D0D0A
_INTERFACE_DESCRIPTION = 0x00000001
_ENHANCED_PACKET = 0x00000006
_DECRYPTION_SECRETS = 0x0000000A

_BYTE_ORDER_MAGIC = 0x1A2B3C4D
_SECTION_LENGTH_UNKNOWN = 0xFFFFFFFFFFFFFFFF
LINKTYPE_ETHERNET = 1
LINKTYPE_WIRESHARK_UPPER_PDU = 252
_SECRETS_TLS_KEY_LOG = 0x544C534B
_NO_SNAP_LENGTH = 0


class Writer:
    """Writes one section with one interface to an open binary file.

    Time stamps are microseconds since 1970-01-01 UTC, the resolution of an interface without options.
    The file stays the caller's: it is neither flushed nor closed here.
    """

    def __init__(self, file, link_type=LINKTYPE_ETHERNET):
        self._file = file
        self._block(_SECTION_HEADER,
                    struct.pack("<IHHQ", _BYTE_ORDER_MAGIC, 1, 0, _SECTION_LENGTH_UNKNOWN))
        self._block(_INTERFACE_DESCRIPTION,
                    struct.pack("<HHI", link_type, 0, _NO_SNAP_LENGTH))

    def secrets(self, key_log):
        """Embed TLS secrets, `key_log` being the bytes of an NSS key log; to be called before the packets."""
        self._block(_DECRYPTION_SECRETS,
                    struct.pack("<II", _SECRETS_TLS_KEY_LOG, len(key_log)) + _padded(key_log))

    def packet(self, microseconds, frame, captured=None):
        """Append the frame `frame` (bytes, of Ethernet without check sequence), of which the first `captured` bytes
        were captured, by default all."""
        kept = frame[:captured]
        self._block(_ENHANCED_PACKET,
                    struct.pack("<IIIII", 0, microseconds >> 32, microseconds & 0xFFFFFFFF,
                                len(kept), len(frame)) + _padded(kept))

    def _block(self, kind, body):
        length = len(body) + 12
        self._file.write(struct.pack("<II", kind, length) + body + struct.pack("<I", length))


def _padded(data):
    return data + bytes(-len(data) % 4)
