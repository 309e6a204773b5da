/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Tables of cases for the pattern language, addresses and clocks.
 */
#include "log/grammar/end.h"
#include "log/grammar/format.h"
#include "log/message/sip_text.h"
#include "log/packet/clock.h"

#include <glib.h>

static sf_slice text_of(const char *text)
{
    return (sf_slice){ text, strlen(text) };
}

static const struct {
    const char *pattern, *line;
    bool matches;
    const char *captured; /* by %+, %m or %R, or NULL */
} pattern_cases[] = {
    { "abc", "abc", true, NULL },
    { "abc", "abc  ", true, NULL },
    { "abc", "abcd", false, NULL },
    { "abc", "ab", false, NULL },
    { "abc", "", false, NULL },
    { "a b", "ab", true, NULL },
    { "a b", "a \t b", true, NULL },
    { "a{x}b", "ab", true, NULL },
    { "a{x}b", "axb", true, NULL },
    { "a{x}b", "ayb", false, NULL },
    { "a{%n y}%+", "a12 z", true, "12 z" },
    { "%+", "", true, "" },
    { "x%_%+", "x  y", true, " y" },
    { "x%*", "x whatever", true, NULL },
    { "%.end", "no end in sight, end", false, NULL },
    { "%.end", "this is the end", true, NULL },
    { "%.:%+", "a:b:c", true, "b:c" },
    { "[%m]", "[pool\\fe]", true, "pool\\fe" },
    { "[%m]", "[pool", false, NULL },
    { "%g%+", "(a(b)c)d", true, "d" },
    { "%g%+", "(a(b)c", false, NULL },
    { "%g", "x", false, NULL },
    { "%D", "12/31/2013", true, NULL },
    { "%D", "31/12/2013", false, NULL },
    { "%D", "1/2/2013", false, NULL },
    { "%D", "00/10/2013", false, NULL },
    { "%E", "31/12/2013", true, NULL },
    { "%E", "12/31/2013", false, NULL },
    { "%I", "2013-12-31", true, NULL },
    { "%I", "2013/12/31", true, NULL },
    { "%I", "2013/12-31", false, NULL },
    { "%B", "Mar  6", true, NULL },
    { "%B", "Dec 31 2013", false, NULL },
    { "%B %T", "Dec 31 2013 23:59:59", true, NULL },
    { "%B", "Foo 31", false, NULL },
    { "%B", "Dec x", false, NULL },
    { "%B", "Dec 32", false, NULL },
    { "%b", "31-12", true, NULL },
    { "%N %Q", "12312013 235959.123", true, NULL },
    { "%N", "13312013", false, NULL },
    { "%H%+", "[2013-12-31 23:59:59.123] x", true, "] x" },
    { "%H%+", "<134>Mar  6 23:59:59 x", true, " x" },
    { "%H%+", "0306235959.123|sip  |1|00|x", true, "|sip  |1|00|x" },
    { "%H%+", "0306235959|sip  |1|00|x", true, "0306235959|sip  |1|00|x" },
    { "%H%+", "1306235959.123|x", true, "1306235959.123|x" },
    { "%H%+", "1578298144.496 17", true, " 17" },
    { "%H%+", "0578298144.496 17", true, "0578298144.496 17" },
    { "%H%+", "1578298144.496x", true, "1578298144.496x" },
    { "%H%+", "15782981440.496 17", true, "15782981440.496 17" },
    { "%H%+", "12-31 23:59:59.123 x", true, " x" },
    { "%H%+", "31-Dec-2013 23:59:59 x", true, " x" },
    { "%H%+", "host sipd: 12/31/2013 23:59:59 UTC x", true, " x" },
    { "%H%+", "23:59:59 x", true, "23:59:59 x" },
    { "%h%+", "|23:59:59 x", true, " x" },
    { "%H%+", "12/31/2013 02:03:04:05:06 x", true, "12/31/2013 02:03:04:05:06 x" },
    { "%H%+", "12/31/2013 02:03:04:5 x", true, ":5 x" },
    { "%H%+", "no time in here", true, "no time in here" },
    { "%k:%R", "UDP:192.0.2.1:5060", true, "192.0.2.1:5060" },
    { "{%k:}%R", "192.0.2.1:5060", true, "192.0.2.1:5060" },
    { "%-x", "----x", true, NULL },
    { "%-x", "x", false, NULL },
    { "(%i)", "(Teams)", true, NULL },
    { "[%R]", "[192.0.2.1:5060]", true, "192.0.2.1:5060" },
    { "%R/x", "192.0.2.1:5060/x", true, "192.0.2.1:5060" },
    { "%T", "23:59:60", true, NULL },
    { "%T", "23:59:59:123", true, NULL },
    { "%T", "23:59:59:12", false, NULL },
    { "%T", "24:00:00", false, NULL },
    { "%T", "23:59:59.123456789123", true, NULL },
    { "%T", "23:59:59,1", true, NULL },
    { "%T", "23:59:59.", false, NULL },
    { "%Z", "Z", true, NULL },
    { "%Z", "+0200", true, NULL },
    { "%Z", "+02", false, NULL },
    { "%Z", "+02:60", false, NULL },
    { "%Z", "+24:00", false, NULL },
    { "%Z", "-02:00", true, NULL },
    { "%Z", "02:00", false, NULL },
    { "%Z", "+2:00", false, NULL },
    { "%n", "4294967296", false, NULL },
    { "%n", "4294967295", true, NULL },
    { "%R", "192.0.2.1:5061", true, "192.0.2.1:5061" },
    { "%R:", "192.0.2.1:5061:", true, "192.0.2.1:5061" },
    { "%R)", "[2001:db8::1]:5061)", true, "[2001:db8::1]:5061" },
    { "%R->%L", "a-b.example.com:1->192.0.2.1:2", true, "a-b.example.com:1" },
    { "%R", "[2001:db8::1", false, NULL },
    { "%R", "(x", false, NULL },
};

static void test_patterns(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(pattern_cases); i++) {
        sf_log_head head;
        bool matches = sf_log_match(pattern_cases[i].pattern, text_of(pattern_cases[i].line), &head);
        if (matches != pattern_cases[i].matches) {
            g_test_message("'%s' on '%s'", pattern_cases[i].pattern, pattern_cases[i].line);
        }
        g_assert_cmpint(matches, ==, pattern_cases[i].matches);
        if (matches && pattern_cases[i].captured) {
            sf_slice captured = sf_slice_present(head.rest)      ? head.rest
                                : sf_slice_present(head.machine) ? head.machine
                                                                 : head.remote;
            g_assert_true(sf_slice_equals(captured, text_of(pattern_cases[i].captured)));
        }
    }
}

static void test_stamp(void)
{
    sf_log_head head;

    g_assert_true(sf_log_match("%D|%T%Z", text_of("04/16/2013|17:08:09.0123-05:30"), &head));
    g_assert_cmpint(head.stamp.year, ==, 2013);
    g_assert_cmpint(head.stamp.month, ==, 4);
    g_assert_cmpint(head.stamp.day, ==, 16);
    g_assert_cmpint(head.stamp.hour, ==, 17);
    g_assert_cmpint(head.stamp.minute, ==, 8);
    g_assert_cmpint(head.stamp.second, ==, 9);
    g_assert_cmpint(head.stamp.nanoseconds, ==, 12300000);
    g_assert_true(head.stamp.has_zone);
    g_assert_cmpint(head.stamp.zone_minutes, ==, -330);
}

static const struct {
    const char *text, *port, *host;
    unsigned expected;
} end_cases[] = {
    { "192.0.2.1:5061", NULL, "192.0.2.1", 5061 },
    { "192.0.2.1", NULL, "192.0.2.1", 0 },
    { "192.0.2.1", "5060", "192.0.2.1", 5060 },
    { "[2001:db8::1]:5061", NULL, "2001:db8::1", 5061 },
    { "[2001:db8::1]", NULL, "2001:db8::1", 0 },
    { "[2001:db8::1]", "5060", "2001:db8::1", 5060 },
    { "2001:db8::1", NULL, "2001:db8::1", 0 },
    { "2001:db8:0:0:0:0:0:1:5061", NULL, "2001:db8:0:0:0:0:0:1", 5061 },
    { "pool.example.com:5061", NULL, "pool.example.com", 5061 },
    { "pool.example.com", NULL, "pool.example.com", 0 },
    { "pool.example.com:70000", NULL, "pool.example.com:70000", 0 },
    { "pool.example.com:", NULL, "pool.example.com:", 0 },
    { "", NULL, "", 0 },
    { "[", NULL, "", 0 },
    { "inline:AAAABBBBCCCCDDDD:5061", NULL, "", 0 }, /* a key is no name that may be shown */
    { ":", NULL, ":", 0 },
};

static void test_ends(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(end_cases); i++) {
        sf_log_end end;
        sf_slice port = end_cases[i].port ? text_of(end_cases[i].port) : (sf_slice){ NULL, 0 };
        sf_log_end_read(text_of(end_cases[i].text), port, &end);
        g_assert_cmpstr(end.host, ==, end_cases[i].host);
        g_assert_cmpuint(end.port, ==, end_cases[i].expected);
    }
}

static const struct {
    const char *line;
    bool start, header;
} line_cases[] = {
    { "INVITE sip:a@example.com SIP/2.0", true, false },
    { "INVITE sip:a@example.com SIP/2.0  ", true, false },
    { "INVITE sip:a@example.com;x=1 SIP/2.0", true, false },
    { "BENOTIFY tel:+15550100 SIP/2.0", true, false },
    { "invite sip:a@example.com SIP/2.0", false, false },
    { "INVITE sip:a@example.com SIP/3.0", false, false },
    { "INVITE a SIP/2.0", false, false },
    { "INVITE sip:a b SIP/2.0", false, false },
    { " INVITE sip:a@example.com SIP/2.0", false, false },
    { "INVITE sip:a@example.com SIP/2.0 x", false, false },
    { "SIP/2.0 200 OK", true, false },
    { "SIP/2.0 200", true, false },
    { "SIP/2.0 2000 OK", false, false },
    { "SIP/2.0 99 OK", false, false },
    { "SIP/2.0 700 OK", false, false },
    { "SIP/2.0", false, false },
    { "Via: x", false, true },
    { "ms-keep-alive : x", false, true },
    { "v:", false, true },
    { ": x", false, false },
    { "a b: x", false, false },
    { "", false, false },
};

static void test_lines(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(line_cases); i++) {
        g_assert_cmpint(sf_log_is_start_line(text_of(line_cases[i].line)), ==, line_cases[i].start);
        g_assert_cmpint(sf_log_is_header_line(text_of(line_cases[i].line)), ==, line_cases[i].header);
    }
}

static const struct {
    const char *value, *boundary;
} boundary_cases[] = {
    { "multipart/alternative; boundary=b", "b" },
    { "multipart/alternative;charset=x;Boundary=\"b c\" ; y=z", "b c" },
    { "Multipart/Mixed ; boundary = b ; x=1", "b" },
    { "multipart/mixed; type=\"a;boundary=c\"; boundary=b", "b" },
    { "multipart/mixed; boundaryx=b", NULL },
    { "multipart/mixed", NULL },
    { "application/sdp; boundary=b", NULL },
};

static void test_boundaries(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(boundary_cases); i++) {
        sf_slice boundary = sf_log_boundary(text_of(boundary_cases[i].value));
        if (boundary_cases[i].boundary) {
            g_assert_true(sf_slice_equals(boundary, text_of(boundary_cases[i].boundary)));
        } else {
            g_assert_cmpuint(boundary.length, ==, 0);
        }
    }
}

static const struct {
    const char *value;
    int64_t seconds; /* -1: no date */
} date_cases[] = {
    { "Fri, 26 Apr 2013 13:46:39 GMT", 1366983999 },
    { "26 Apr 2013 13:46:39 GMT", -1 },
    { "Thu, 29 Feb 2012 00:00:00 GMT", 1330473600 },
    { "Fri, 29 Feb 2013 00:00:00 GMT", -1 },
    { "Fri, 26 Apr 2261 13:46:39 GMT", INT64_C(9193095999) },
    { "Fri, 26 Apr 2262 13:46:39 GMT", -1 },
    { "Fri, 26 Foo 2013 13:46:39 GMT", -1 },
    { "Fri, 26 Apr 2013 13:46:39 CET", -1 },
    { "", -1 },
};

static void test_dates(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(date_cases); i++) {
        int64_t nanoseconds = 0;
        bool read = sf_log_read_date_header(text_of(date_cases[i].value), &nanoseconds);
        g_assert_cmpint(read, ==, date_cases[i].seconds >= 0);
        if (read) {
            g_assert_cmpint(nanoseconds, ==, date_cases[i].seconds * INT64_C(1000000000));
        }
    }
}

static void test_formats(void)
{
    for (const sf_log_format *format = sf_log_formats; format->title; format++) {
        g_assert_true(sf_log_format_find(format->names[0]) == format);
    }
    g_assert_null(sf_log_format_find(SF_LITERAL("nothing")));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/log/patterns", test_patterns);
    g_test_add_func("/log/stamp", test_stamp);
    g_test_add_func("/log/ends", test_ends);
    g_test_add_func("/log/lines", test_lines);
    g_test_add_func("/log/boundaries", test_boundaries);
    g_test_add_func("/log/dates", test_dates);
    g_test_add_func("/log/formats", test_formats);
    return g_test_run();
}
