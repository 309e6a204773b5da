/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * a=fingerprint.
 */
#include "check.h"
#include "engine/sdp/fingerprint.h"
#include "guarded.h"

#define OCTETS_16 "00:11:22:33:44:55:66:77:88:99:aA:Bb:cc:DD:ee:FF"
#define OCTETS_4 "00:11:22:33"

typedef struct {
    const char *name;
    const char *value;
    bool is_sound;
} fingerprint_row;

static const fingerprint_row rows[] = {
    { "sha-1", "sha-1 " OCTETS_16 ":" OCTETS_4, true },
    { "sha-256", "SHA-256 " OCTETS_16 ":" OCTETS_16, true },
    { "sha-384", "sha-384 " OCTETS_16 ":" OCTETS_16 ":" OCTETS_16, true },
    { "md5", "md5 " OCTETS_16, true },
    { "other-function", "sha3-512 " OCTETS_4, true },
    { "too-short", "sha-256 " OCTETS_16, false },
    { "too-long", "sha-1 " OCTETS_16 ":" OCTETS_16, false },
    { "without-value", "sha-256", false },
    { "empty", "", false },
    { "without-colons", "sha-1 00112233445566778899aabbccddeeff00112233", false },
    { "cut-in-a-pair", "sha-1 " OCTETS_16 ":00:11:22:3", false },
    { "no-hexadecimal-digit", "sha-1 " OCTETS_16 ":00:11:22:3g", false },
    { "colon-at-the-end", "md5 " OCTETS_16 ":", false },
};

static void test_row(gconstpointer data)
{
    const fingerprint_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->value));
    g_assert_true(sf_fingerprint_is_sound(input.text) == row->is_sound);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/fingerprint/", rows, test_row);
    return g_test_run();
}
