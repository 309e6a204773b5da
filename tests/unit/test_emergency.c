/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What marks an emergency call.
 */
#include "check.h"
#include "engine/sip/emergency.h"

typedef struct {
    const char *name;
    const char *uri;
    const char *service;
    const char *words;
} service_row;

static const service_row services[] = {
    { "any", "urn:service:sos", "urn:service:sos", "any emergency service" },
    { "police", "urn:service:sos.police", "urn:service:sos.police", "police" },
    { "capitals", "URN:Service:SOS.Fire", "URN:Service:SOS.Fire", "fire brigade" },
    { "unknown", "urn:service:sos.comet", "urn:service:sos.comet", NULL },
    { "counseling", "urn:service:counseling", NULL, NULL },
    { "other-word", "urn:service:sosia", NULL, NULL },
    { "number", "sip:112@example.com", NULL, NULL },
};

static void test_service(gconstpointer data)
{
    const service_row *row = data;
    sf_emergency emergency = { .priority = { NULL, 0 } };
    sf_problems problems;
    sf_uri uri;

    sf_problems_clear(&problems);
    (void)sf_uri_read(sf_text(row->uri), sf_text(row->uri), &problems, &uri);
    sf_emergency_take_uri(&emergency, &uri, SF_LITERAL("To"));
    SF_CHECK_SLICE(emergency.service, row->service);
    g_assert_true(sf_emergency_is_present(&emergency) == (row->service != NULL));
    g_assert_cmpstr(sf_emergency_service_in_words(uri.text), ==, row->words);
}

static void test_priority(void)
{
    sf_emergency emergency = { .priority = { NULL, 0 } };

    sf_emergency_take_priority(&emergency, SF_LITERAL("urgent"));
    g_assert_false(sf_emergency_is_present(&emergency));
    sf_emergency_take_priority(&emergency, SF_LITERAL("Emergency"));
    sf_emergency_take_priority(&emergency, SF_LITERAL("psap-callback"));
    SF_CHECK_SLICE(emergency.priority, "Emergency");
    g_assert_nonnull(strstr(sf_emergency_priority_in_words(SF_LITERAL("psap-callback")), "calls back"));
}

static void test_location(void)
{
    sf_emergency emergency = { .priority = { NULL, 0 } };

    sf_emergency_take_location(&emergency,
                               SF_LITERAL(" <cid:1@example.com>;inserted-by=x, <https://lis.example.com/2>"));
    sf_emergency_take_location(&emergency, SF_LITERAL("<https://lis.example.com/3>"));
    SF_CHECK_SLICE(emergency.location, "cid:1@example.com");
    g_assert_false(sf_emergency_is_present(&emergency)); /* any call may tell where its caller is */
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/emergency/service", services, test_service);
    g_test_add_func("/emergency/priority", test_priority);
    g_test_add_func("/emergency/location", test_location);
    return g_test_run();
}
