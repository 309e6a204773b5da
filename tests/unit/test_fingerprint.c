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
    const char *problem;
} fingerprint_row;

static const fingerprint_row rows[] = {
    { "sha-1", "sha-1 " OCTETS_16 ":" OCTETS_4, NULL },
    { "sha-256", "SHA-256 " OCTETS_16 ":" OCTETS_16, NULL },
    { "sha-384", "sha-384 " OCTETS_16 ":" OCTETS_16 ":" OCTETS_16, NULL },
    { "md5", "md5 " OCTETS_16, NULL },
    { "other-function", "sha3-512 " OCTETS_4, NULL },
    { "too-short", "sha-256 " OCTETS_16, "The fingerprint" },
    { "too-long", "sha-1 " OCTETS_16 ":" OCTETS_16, "The fingerprint" },
    { "without-value", "sha-256", "The fingerprint" },
    { "empty", "", "The fingerprint" },
    { "without-colons", "sha-1 00112233445566778899aabbccddeeff00112233", "The fingerprint" },
    { "cut-in-a-pair", "sha-1 " OCTETS_16 ":00:11:22:3", "The fingerprint" },
    { "no-hexadecimal-digit", "sha-1 " OCTETS_16 ":00:11:22:3g", "The fingerprint" },
    { "colon-at-the-end", "md5 " OCTETS_16 ":", "The fingerprint" },
};

static void test_row(gconstpointer data)
{
    const fingerprint_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->value));
    sf_problems problems;

    sf_problems_clear(&problems);
    sf_fingerprint_check(input.text, input.text, &problems);
    SF_CHECK_PROBLEM(&problems, row->problem);
    g_assert_cmpuint(problems.count, ==, row->problem ? 1 : 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/fingerprint/", rows, test_row);
    return g_test_run();
}
