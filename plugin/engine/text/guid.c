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

/** Reads pairs of hexadecimal digits, two for each byte. False if there is another byte among them. */
static bool read_pairs(const char *at, size_t count, uint8_t *out)
{
    int all = 0; /* negative once one was no digit */

    for (size_t i = 0; i < count; i++, at += 2) {
        int high = sf_hex_digit(at[0]);
        int low = sf_hex_digit(at[1]);
        all |= high | low;
        out[i] = (uint8_t)((unsigned)high << 4 | (unsigned)low);
    }
    return all >= 0;
}

/** Reads groups of digits with dashes between them. */
static bool read_groups(const char *at, uint8_t *out)
{
    static const uint8_t bytes_of_groups[] = { 4, 2, 2, 2, 6 };

    for (size_t i = 0; i < G_N_ELEMENTS(bytes_of_groups); i++) {
        size_t bytes = bytes_of_groups[i];
        if ((i > 0 && *at++ != '-') || !read_pairs(at, bytes, out)) {
            return false;
        }
        at += 2 * bytes;
        out += bytes;
    }
    return true;
}

sf_status sf_guid_read(sf_slice s, sf_guid *guid)
{
    enum { DIGITS = 2 * sizeof guid->bytes, WITH_DASHES = DIGITS + 4, IN_BRACES = WITH_DASHES + 2 };
    sf_guid read = { { 0 } };

    if (s.length == 0) {
        return SF_ABSENT;
    }
    if (s.length == IN_BRACES && s.text[0] == '{' && s.text[IN_BRACES - 1] == '}') {
        s = sf_slice_head(sf_slice_skip(s, 1), WITH_DASHES);
    }
    bool is_guid = (s.length == DIGITS && read_pairs(s.text, sizeof read.bytes, read.bytes)) ||
                   (s.length == WITH_DASHES && read_groups(s.text, read.bytes));
    if (is_guid) {
        *guid = read;
    }
    return is_guid ? SF_OK : SF_MALFORMED;
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
