/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The tallies. A packet that is on its way is held as the tally of itself, so that settling costs what was passed,
 * however many logs there are.
 */
#include "tally.h"

typedef struct {
    size_t log;
    sf_log_tally tally;
} passed_packet;

struct sf_log_tallies {
    sf_log_tally *of_logs;
    GArray *pending; /* of passed_packet */
};

sf_log_tallies *sf_log_tallies_new(size_t logs)
{
    sf_log_tallies *tallies = g_new(sf_log_tallies, 1);

    tallies->of_logs = g_new0(sf_log_tally, logs);
    tallies->pending = g_array_new(FALSE, FALSE, sizeof(passed_packet));
    return tallies;
}

void sf_log_tallies_free(sf_log_tallies *tallies)
{
    if (tallies) {
        g_free(tallies->of_logs);
        g_array_free(tallies->pending, TRUE);
        g_free(tallies);
    }
}

void sf_log_tallies_pass(sf_log_tallies *tallies, size_t log, const sf_log_packet *packet)
{
    passed_packet passed = { log,
                             {
                                 .messages = 1,
                                 .cut = (packet->flaws & SF_LOG_FLAW_CUT) != 0,
                                 .mismatched = (packet->flaws & SF_LOG_FLAW_LENGTH) != 0,
                                 .too_long = (packet->flaws & SF_LOG_FLAW_TOO_LONG) != 0,
                                 .untimed = !packet->has_time,
                                 .uptimes = packet->is_uptime,
                                 .diagnostics = packet->diagnostics,
                             } };

    g_array_append_val(tallies->pending, passed);
}

size_t sf_log_tallies_pending(const sf_log_tallies *tallies)
{
    return tallies->pending->len;
}

void sf_log_tallies_settle(sf_log_tallies *tallies)
{
    for (unsigned i = 0; i < tallies->pending->len; i++) {
        const passed_packet *passed = &g_array_index(tallies->pending, passed_packet, i);
        sf_log_tally_add(&tallies->of_logs[passed->log], &passed->tally);
    }
    g_array_set_size(tallies->pending, 0);
}

const sf_log_tally *sf_log_tallies_of(const sf_log_tallies *tallies, size_t log)
{
    return &tallies->of_logs[log];
}

void sf_log_tally_add(sf_log_tally *sum, const sf_log_tally *tally)
{
    sum->messages += tally->messages;
    sum->cut += tally->cut;
    sum->mismatched += tally->mismatched;
    sum->too_long += tally->too_long;
    sum->untimed += tally->untimed;
    sum->uptimes += tally->uptimes;
    sum->diagnostics += tally->diagnostics;
}
