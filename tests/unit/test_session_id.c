/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Session-ID (RFC 7989).
 */
#include "check.h"
#include "engine/sip/session_id.h"

#define ONE "ab30317f1a784dc48ff824d0d3715d86"
#define TWO "47755a9de7794ba387653f2099600ef2"
#define NIL "00000000000000000000000000000000"

typedef struct {
    const char *name;
    const char *value;
    const char *local;
    const char *remote;
} id_row;

static const id_row rows[] = {
    { "both", ONE ";remote=" TWO, ONE, TWO },
    { "of-rfc-7329", ONE, ONE, NULL },
    { "blanks", " " ONE " ; remote=" TWO, ONE, TWO },
    { "other-parameters", ONE ";x=1;remote=" TWO ";y", ONE, TWO },
    { "upper-case", "AB30317F1A784DC48FF824D0D3715D86", "AB30317F1A784DC48FF824D0D3715D86", NULL },
    { "remote-not-known", ONE ";remote=" NIL, ONE, NULL },
    { "local-not-known", NIL ";remote=" TWO, NULL, TWO },
    { "not-hexadecimal", "ab30317f-1a78-4dc4-8ff8-24d0d3715d86;remote=" TWO, NULL, TWO },
    { "one-letter-is-none", "gb30317f1a784dc48ff824d0d3715d86", NULL, NULL },
    { "too-short", "ab30317f1a784dc48ff824d0d3715d8;remote=", NULL, NULL },
    { "too-long", ONE "0", NULL, NULL },
    { "remote-flag", ONE ";remote", ONE, NULL },
    { "nothing", "", NULL, NULL },
};

static void test_row(gconstpointer data)
{
    const id_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->value));
    sf_session_id id = sf_session_id_read(input.text);

    SF_CHECK_SLICE(id.local, row->local);
    SF_CHECK_SLICE(id.remote, row->remote);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/session-id", rows, test_row);
    return g_test_run();
}
