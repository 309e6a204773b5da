/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * GUIDs, and the endpoint GUID derived from an epid.
 */
#include "guid.h"

#include <glib.h>

sf_guid sf_guid_from_windows(const uint8_t b[16])
{
    sf_guid guid = { { b[3], b[2], b[1], b[0], b[5], b[4], b[7], b[6] } };

    memcpy(guid.bytes + 8, b + 8, 8);
    return guid;
}

sf_status sf_guid_read(sf_slice s, sf_guid *guid)
{
    sf_guid read = { { 0 } };
    unsigned digits = 0;

    if (s.length == 0) {
        return SF_ABSENT;
    }
    if (s.length == 38 && s.text[0] == '{' && s.text[37] == '}') {
        s = sf_slice_head(sf_slice_skip(s, 1), 36);
    }
    if (s.length != 32 && s.length != 36) {
        return SF_MALFORMED;
    }
    for (size_t i = 0; i < s.length; i++) {
        bool dash_place = s.length == 36 && (i == 8 || i == 13 || i == 18 || i == 23);
        int digit = sf_hex_digit(s.text[i]);
        if (dash_place ? s.text[i] != '-' : digit < 0) {
            return SF_MALFORMED;
        }
        if (!dash_place) {
            uint8_t *byte = &read.bytes[digits / 2];
            *byte = digits % 2 ? (uint8_t)(*byte | digit) : (uint8_t)(digit << 4);
            digits++;
        }
    }
    *guid = read;
    return SF_OK;
}

bool sf_guid_equals(const sf_guid *a, const sf_guid *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

/* fcacfb03-8a73-46ef-91b1-e5ebeeaba4fe as it lies in Windows memory */
static const uint8_t endpoint_namespace[16] = { 0x03, 0xfb, 0xac, 0xfc, 0x73, 0x8a, 0xef, 0x46,
                                                0x91, 0xb1, 0xe5, 0xeb, 0xee, 0xab, 0xa4, 0xfe };

sf_guid sf_guid_of_epid(sf_slice epid)
{
    uint8_t digest[20];
    gsize length = sizeof digest;
    GChecksum *sha1 = g_checksum_new(G_CHECKSUM_SHA1);

    g_checksum_update(sha1, endpoint_namespace, sizeof endpoint_namespace);
    g_checksum_update(sha1, (const guchar *)epid.text, (gssize)epid.length);
    g_checksum_get_digest(sha1, digest, &length);
    g_checksum_free(sha1);

    /* version 5 and RFC 4122 variant, at their places in Windows byte order */
    digest[7] = (digest[7] & 0x0f) | 0x50;
    digest[8] = (digest[8] & 0x3f) | 0x80;
    return sf_guid_from_windows(digest);
}
