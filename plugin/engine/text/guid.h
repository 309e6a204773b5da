/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * GUIDs: read from text and from the byte order of Windows.
 */
#ifndef SF_ENGINE_TEXT_GUID_H
#define SF_ENGINE_TEXT_GUID_H

#include "slice.h"

/** Sixteen bytes in the order in which a GUID is printed. */
typedef struct {
    uint8_t bytes[16];
} sf_guid;

/** A GUID from the 16 bytes of its structure in little-endian Windows memory. */
sf_guid sf_guid_from_windows(const uint8_t bytes[16]);

/**
 * Reads 32 hexadecimal digits in any case, with or without the four dashes and the braces.
 * @return SF_ABSENT for an empty slice, SF_MALFORMED for anything else; guid is set on SF_OK only
 */
sf_status sf_guid_read(sf_slice s, sf_guid *guid);

/** True if both are the same GUID. */
bool sf_guid_equals(const sf_guid *a, const sf_guid *b);

/**
 * The endpoint GUID of an epid: a version 5 UUID of the epid's letters over
 * Microsoft's namespace for endpoints ([MS-SIPRE] 3.2.3.1; vectors in the unit test).
 */
sf_guid sf_guid_of_epid(sf_slice epid);

#endif
