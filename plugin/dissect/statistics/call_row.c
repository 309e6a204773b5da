/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Writing a call's row.
 */
#include "call_row.h"

#include "call/conversations.h"
#include "call/meeting.h"
#include "dissect/view/networks.h"
#include "dissect/view/verdicts.h"
#include "join_row.h"

#include <epan/strutil.h>
#include <stdio.h>

const char *const sf_column_titles[SF_COLUMNS] = {
    [SF_COLUMN_NUMBER] = "Call",
    [SF_COLUMN_FRAME] = "Frame",
    [SF_COLUMN_TIME] = "Time (UTC)",
    [SF_COLUMN_OUTCOME] = "Outcome",
    [SF_COLUMN_CALLER] = "Caller",
    [SF_COLUMN_CALLEE] = "Callee",
    [SF_COLUMN_CALLER_NETWORK] = "Caller's network",
    [SF_COLUMN_CALLEE_NETWORK] = "Callee's network",
    [SF_COLUMN_CONVERSATION] = "Conversation",
    [SF_COLUMN_CONFERENCE] = "Conference",
    [SF_COLUMN_STREAMS] = "Streams",
    [SF_COLUMN_VERDICT] = "Verdict",
    [SF_COLUMN_MEDIA_SEEN] = "Media seen",
    [SF_COLUMN_SUITE] = "Suite",
    [SF_COLUMN_RESPONSE] = "Response",
    [SF_COLUMN_DURATION] = "Duration",
    [SF_COLUMN_CODE] = "Code",
    [SF_COLUMN_MEANING] = "Meaning",
    [SF_COLUMN_MOS] = "MOS",
    [SF_COLUMN_LOSS] = "Loss %",
    [SF_COLUMN_QUALITY] = "Quality",
};

static const int64_t microseconds = 1000000;

static char *escaped(sf_slice text)
{
    return text.length ? format_text(NULL, (const void *)text.text, text.length) : wmem_strdup(NULL, "");
}

static char *number(uint32_t value)
{
    return wmem_strdup_printf(NULL, "%u", value);
}

static char *number_or_none(uint32_t value)
{
    return value ? number(value) : wmem_strdup(NULL, "");
}

char *sf_call_row_moment(int64_t time)
{
    int64_t fraction = (time % microseconds + microseconds) % microseconds;
    GDateTime *second = g_date_time_new_from_unix_utc((time - fraction) / microseconds);

    if (!second) {
        return wmem_strdup(NULL, "");
    }
    char *date = g_date_time_format(second, "%Y-%m-%d %H:%M:%S");
    char *text = wmem_strdup_printf(NULL, "%s.%06d", date, (int)fraction);
    g_free(date);
    g_date_time_unref(second);
    return text;
}

static char *duration(const sf_call *call)
{
    return sf_call_has_duration(call)
               ? wmem_strdup_printf(NULL, "%.3f", (double)sf_call_duration(call) / (double)microseconds)
               : wmem_strdup(NULL, "");
}

/* ---- quality ---- */

static char *tenths(bool is_known, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    return wmem_strdup(NULL, is_known ? g_ascii_formatd(text, sizeof text, "%.1f", value) : "");
}

static char *mos(const sf_call_quality *quality)
{
    double value = 0;
    bool is_known = quality && sf_quality_summary_mos(&quality->summary, &value);

    return tenths(is_known, value);
}

static char *loss(const sf_call_quality *quality)
{
    bool is_known = quality && quality->summary.has[SF_MEASURE_LOSS];

    return tenths(is_known, is_known ? quality->summary.worst[SF_MEASURE_LOSS] : 0);
}

/** `poor: jitter 42 ms; Wi-Fi`, and the user's rating. */
static char *verdict_on_quality(const sf_call_quality *quality)
{
    const char *verdict = quality ? sf_quality_summary_verdict(&quality->summary) : NULL;
    char reason[SF_MAX_QUALITY_WORDS] = "", rating[32] = "";

    if (quality) {
        sf_quality_summary_reason(&quality->summary, reason);
    }
    if (quality && quality->rating) {
        (void)snprintf(rating, sizeof rating, "%srated %u of 5", verdict ? "; " : "", quality->rating);
    }
    return wmem_strdup_printf(NULL, "%s%s%s%s", verdict ? verdict : "", *reason ? ": " : "", reason, rating);
}

void sf_call_row_write(const sf_call *call, sf_call_row *row)
{
    const sf_suite *suite = sf_meeting_suite_of(call);
    const sf_call_quality *quality = sf_meeting_quality_of(call);

    *row = (sf_call_row){ {
        [SF_COLUMN_NUMBER] = number(call->number),
        [SF_COLUMN_FRAME] = number(call->first_frame),
        [SF_COLUMN_TIME] = sf_call_row_moment(call->start),
        [SF_COLUMN_CALLER] = escaped(sf_call_caller(call)),
        [SF_COLUMN_CALLEE] = escaped(sf_call_callee(call)),
        [SF_COLUMN_CALLER_NETWORK] = wmem_strdup(NULL, sf_network_name((sf_network)call->caller_network)),
        [SF_COLUMN_CALLEE_NETWORK] = wmem_strdup(NULL, sf_network_name((sf_network)call->callee_network)),
        [SF_COLUMN_CONVERSATION] = number(sf_conversation_of(call)),
        [SF_COLUMN_OUTCOME] = sf_join_outcome(call),
        [SF_COLUMN_STREAMS] = sf_join_streams(call),
        [SF_COLUMN_VERDICT] = wmem_strdup(NULL, sf_verdict_name(sf_meeting_verdict_of(call))),
        [SF_COLUMN_MEDIA_SEEN] = sf_join_media_seen(call),
        [SF_COLUMN_SUITE] = escaped(suite ? suite->name : (sf_slice){ NULL, 0 }),
        [SF_COLUMN_MOS] = mos(quality),
        [SF_COLUMN_LOSS] = loss(quality),
        [SF_COLUMN_QUALITY] = verdict_on_quality(quality),
        [SF_COLUMN_RESPONSE] = number_or_none(call->final_response),
        [SF_COLUMN_DURATION] = duration(call),
        [SF_COLUMN_CODE] = sf_join_code(call),
        [SF_COLUMN_MEANING] = sf_join_meaning(call),
        [SF_COLUMN_CONFERENCE] = sf_join_conference(call),
    } };
}

void sf_call_row_release(sf_call_row *row)
{
    for (unsigned i = 0; i < SF_COLUMNS; i++) {
        wmem_free(NULL, row->cells[i]);
        row->cells[i] = NULL;
    }
}
