/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Transfer (RFC 3515, 3892, 3891) and forwarding (RFC 7044, 5806): what each header says of another call.
 */
#include "check.h"
#include "engine/sip/reference.h"

typedef void reader(sf_slice text, sf_problems *problems, sf_reference *reference);

typedef struct {
    const char *name;
    reader *read;
    const char *text;
    const char *uri;
    const char *call_id, *to_tag, *from_tag;
    const char *index;
    const char *reason;
    unsigned cause;
    const char *privacy;
    const char *problem;
} reference_row;

#define TARGET .read = sf_refer_to_read
#define REPLACES .read = sf_replaces_read
#define HISTORY .read = sf_history_entry_read
#define DIVERSION .read = sf_diversion_entry_read

static const reference_row rows[] = {
    { "target", TARGET, "<sip:b@c>", "sip:b@c", .problem = NULL },
    { "target-without-brackets", TARGET, "sip:b@c?Replaces=1", "sip:b@c?Replaces=1", "1", .problem = NULL },
    { "target-with-port", TARGET, "<sip:b@c:5061;transport=tls?Replaces=1%3Bto-tag%3D2>",
      "sip:b@c:5061;transport=tls?Replaces=1%3Bto-tag%3D2", "1", "2", .problem = NULL },
    { "second-header-of-the-uri", TARGET, "<sip:b@c?a=b&Replaces=1;from-tag=3&x>",
      "sip:b@c?a=b&Replaces=1;from-tag=3&x", "1", NULL, "3", .problem = NULL },
    { "empty-replaces", TARGET, "<sip:b@c?Replaces=>", "sip:b@c?Replaces=", .problem = NULL },
    { "replaces-without-value", TARGET, "<sip:b@c?Replaces>", "sip:b@c?Replaces", .problem = NULL },
    { "escape-cut-off", TARGET, "<sip:b@c?Replaces=1%3>", "sip:b@c?Replaces=1%3", "1%3", .problem = NULL },
    { "escape-at-the-end", TARGET, "sip:b@c?Replaces=1%3B", "sip:b@c?Replaces=1%3B", "1", .problem = NULL },
    { "other-scheme", TARGET, "<https://c/?Replaces=1>", "https://c/?Replaces=1", .problem = NULL },
    { "no-address", TARGET, "", "", .problem = "The address" },
    { "open-bracket", TARGET, "<sip:b@c?Replaces=1", "sip:b@c?Replaces=1", "1", .problem = "The address" },
    { "referrer", .read = sf_referred_by_read, "\"N\" <sip:n@o>;x-m=1", "sip:n@o", .problem = NULL },
    { "replaces", REPLACES, "7@a;to-tag=4;from-tag=5;early-only", NULL, "7@a", "4", "5", .problem = NULL },
    { "replaces-with-comma", REPLACES, "7,8@a;to-tag=4", NULL, "7,8@a", "4", .problem = NULL },
    { "replaces-is-not-escaped", REPLACES, "7%3B@a;to-tag=4%3D", NULL, "7%3B@a", "4%3D", .problem = NULL },
    { "replaces-without-call-id", REPLACES, ";to-tag=4", NULL, .problem = "The header" },
    { "replaces-empty", REPLACES, "", NULL, .problem = "The header" },
    { "history", HISTORY, "<sip:b@c?Reason=SIP%3Bcause%3D486>;index=1.1.2", "sip:b@c?Reason=SIP%3Bcause%3D486",
      .index = "1.1.2", .reason = "SIP%3Bcause%3D486", .cause = 486, .problem = NULL },
    { "history-by-hand", HISTORY, "<sip:b@c?reason=sip ; cause = 302 &privacy=none>;index=1",
      "sip:b@c?reason=sip ; cause = 302 &privacy=none", .index = "1", .reason = "sip ; cause = 302 ", .cause = 302,
      .privacy = "none", .problem = NULL },
    { "history-of-q850", HISTORY, "<sip:b@c?Reason=Q.850%3Bcause%3D17>", "sip:b@c?Reason=Q.850%3Bcause%3D17",
      .reason = "Q.850%3Bcause%3D17", .problem = NULL },
    { "cause-too-large", HISTORY, "<sip:b@c?Reason=SIP%3Bcause%3D700>", "sip:b@c?Reason=SIP%3Bcause%3D700",
      .reason = "SIP%3Bcause%3D700", .problem = NULL },
    { "cause-of-the-uri", HISTORY, "<sip:b@c;cause=408>;index=1", "sip:b@c;cause=408", .index = "1", .cause = 408,
      .problem = NULL },
    { "diversion", DIVERSION, "<sip:b@c>;reason=user-busy;privacy=off", "sip:b@c", .reason = "user-busy",
      .privacy = "off", .problem = NULL },
};

static void test_read(gconstpointer data)
{
    const reference_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    sf_problems problems;
    sf_reference reference;

    sf_problems_clear(&problems);
    row->read(input.text, &problems, &reference);
    SF_CHECK_TEXT(reference.text, row->text);
    SF_CHECK_SLICE(reference.uri.text, row->uri);
    SF_CHECK_SLICE(reference.replaced.call_id, row->call_id);
    SF_CHECK_SLICE(reference.replaced.to_tag, row->to_tag);
    SF_CHECK_SLICE(reference.replaced.from_tag, row->from_tag);
    SF_CHECK_SLICE(reference.index, row->index);
    SF_CHECK_SLICE(reference.reason, row->reason);
    g_assert_cmpuint(reference.cause.value, ==, row->cause);
    SF_CHECK_SLICE(reference.privacy, row->privacy);
    SF_CHECK_PROBLEM(&problems, row->problem);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/reference/", rows, test_read);
    return g_test_run();
}
