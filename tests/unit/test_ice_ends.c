/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Whether both ends of a stream are inside one network.
 */
#include "check.h"
#include "engine/sip/ice_ends.h"

typedef struct {
    const char *name;
    const char *local_location, *remote_location, *federation; /**< a digit, or NULL */
    const char *local_site, *remote_site;
    sf_ice_ends ends;
} ends_row;

static const ends_row rows[] = {
    { "nothing", NULL, NULL, NULL, NULL, NULL, SF_ENDS_UNKNOWN },
    { "both-inside", "2", "2", NULL, NULL, NULL, SF_ENDS_INSIDE },
    { "one-outside", "2", "1", NULL, "10.1.2.3:5", "10.1.2.4:5", SF_ENDS_UNKNOWN },
    { "federated", "2", "2", "1", "10.1.2.3:5", "10.1.2.4:5", SF_ENDS_UNKNOWN },
    { "not-federated", NULL, NULL, "0", "10.1.2.3:5", "10.1.2.4:5", SF_ENDS_SAME_NETWORK },
    { "one-location-inside", "2", NULL, NULL, "10.1.2.3:5", "10.1.2.4:5", SF_ENDS_SAME_NETWORK },
    { "one-location-outside", NULL, "3", NULL, "10.1.2.3:5", "10.1.2.4:5", SF_ENDS_UNKNOWN },
    { "location-zero", "0", "0", NULL, "10.1.2.3:5", "10.1.2.4:5", SF_ENDS_SAME_NETWORK },
    { "other-subnet", NULL, NULL, NULL, "10.1.2.3:5", "10.1.3.3:5", SF_ENDS_UNKNOWN },
    { "second-range", NULL, NULL, NULL, "172.31.2.3:5", "172.31.2.4:6", SF_ENDS_SAME_NETWORK },
    { "beyond-second-range", NULL, NULL, NULL, "172.32.2.3:5", "172.32.2.4:6", SF_ENDS_UNKNOWN },
    { "homes", NULL, NULL, NULL, "192.168.1.3:5", "192.168.1.4:5", SF_ENDS_UNKNOWN },
    { "public", NULL, NULL, NULL, "192.0.2.3:5", "192.0.2.4:5", SF_ENDS_UNKNOWN },
    { "unique-local", NULL, NULL, NULL, "[fd00::1]:50010", "[fd00::2]:50010", SF_ENDS_SAME_NETWORK },
    { "other-unique-local", NULL, NULL, NULL, "[fd00::1]:5", "[fd00:0:0:1::1]:5", SF_ENDS_UNKNOWN },
    { "global-ipv6", NULL, NULL, NULL, "[2001:db8::1]:5", "[2001:db8::2]:5", SF_ENDS_UNKNOWN },
    { "two-families", NULL, NULL, NULL, "10.1.2.3:5", "[fd00::2]:5", SF_ENDS_UNKNOWN },
    { "no-end-of-bracket", NULL, NULL, NULL, "[fd00::1", "[fd00::2", SF_ENDS_SAME_NETWORK },
    { "no-address", NULL, NULL, NULL, "a:5", "[]:5", SF_ENDS_UNKNOWN },
    { "no-port", NULL, NULL, NULL, "10.1.2.3", "10.1.2.4", SF_ENDS_SAME_NETWORK },
};

static sf_number number_of(const char *text)
{
    sf_number number = { { NULL, 0 }, 0 };

    if (text) {
        number = (sf_number){ sf_text(text), g_ascii_strtoull(text, NULL, 10) };
    }
    return number;
}

static void test_row(gconstpointer data)
{
    const ends_row *row = data;
    static sf_media_debug debug;

    debug.values[SF_DEBUG_LOCAL_LOCATION] = number_of(row->local_location);
    debug.values[SF_DEBUG_REMOTE_LOCATION] = number_of(row->remote_location);
    debug.values[SF_DEBUG_FEDERATION_TYPE] = number_of(row->federation);
    debug.values[SF_DEBUG_LOCAL_SITE] = number_of(row->local_site);
    debug.values[SF_DEBUG_REMOTE_SITE] = number_of(row->remote_site);
    g_assert_cmpint(sf_ice_ends_of(&debug), ==, row->ends);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/ice-ends", rows, test_row);
    return g_test_run();
}
