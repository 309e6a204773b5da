/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Diagnostics headers.
 */
#include "diagnostics.h"

#include "engine/text/words.h"

/* ---- media debug values: `audio:ICEWarn=0x80,LocalSite=192.0.2.7:50010,...` ---- */

static sf_status read_decimal(sf_slice value, sf_number *number)
{
    return sf_number_read(value, UINT32_MAX, number);
}

/** Digits with or without the `0x`, which stays in the text. */
static sf_status read_hex(sf_slice value, sf_number *number)
{
    bool has_prefix = sf_slice_starts_nocase(value, SF_LITERAL("0x"));
    sf_status status = sf_number_read_hex32(has_prefix ? sf_slice_skip(value, 2) : value, number);

    if (status == SF_OK) {
        number->text = value;
    }
    return status;
}

/** The pairs of one media debug value, as far as they were read. */
typedef struct {
    sf_slice element;
    sf_problems *problems;
    sf_media_debug *debug;
    uint32_t seen;   /* one bit for each key that is known */
    bool has_repeat; /* a key came again, which is noted once */
} media_pairs;

/** True if the key came before. */
static bool note_repeat(const sf_param *pair, uint32_t bit, media_pairs *pairs)
{
    bool is_repeat = pairs->seen & bit;

    if (is_repeat && !pairs->has_repeat) {
        sf_problems_malformed(pairs->problems, pairs->element, pair->text, "The parameter",
                              "came before; the first one counts");
    }
    pairs->has_repeat = pairs->has_repeat || is_repeat;
    pairs->seen |= bit;
    return is_repeat;
}

static void take_media_pair(const sf_param *pair, media_pairs *pairs)
{
    sf_media_debug *debug = pairs->debug;
    const struct {
        sf_slice name;
        sf_slice *text; /* of a pair that is no number */
        sf_number *number;
        sf_status (*read)(sf_slice value, sf_number *number);
    } rows[] = {
        { SF_LITERAL("LocalSite"), &debug->local_site, NULL, NULL },
        { SF_LITERAL("RemoteSite"), &debug->remote_site, NULL, NULL },
        { SF_LITERAL("LocalMR"), &debug->local_relay, NULL, NULL },
        { SF_LITERAL("RemoteMR"), &debug->remote_relay, NULL, NULL },
        { SF_LITERAL("LocalLocation"), NULL, &debug->local_location, read_decimal },
        { SF_LITERAL("RemoteLocation"), NULL, &debug->remote_location, read_decimal },
        { SF_LITERAL("FederationType"), NULL, &debug->federation_type, read_decimal },
        { SF_LITERAL("ICEWarn"), NULL, &debug->ice_warning, read_hex },
    };
    int row = SF_WORDS_FIND(rows, pair->name);

    if (row == SF_WORDS_NONE || note_repeat(pair, 1u << row, pairs)) {
        return;
    }
    if (rows[row].text) {
        *rows[row].text = pair->value;
    } else if (rows[row].read(pair->value, rows[row].number) != SF_OK) {
        bool has_value = pair->value.length > 0;
        sf_problems_malformed(pairs->problems, pairs->element, has_value ? pair->value : pair->text,
                              rows[row].name.text, has_value ? "is not a number" : "has no value");
    }
}

static void read_media_debug(const sf_param *param, sf_slice element, sf_problems *problems,
                             sf_diagnostics_table *table)
{
    sf_param pair;

    if (!sf_problems_room(problems, table->media_debug_count, SF_MAX_MEDIA_DEBUGS, SF_LIMIT_MEDIA_DEBUGS,
                          param->text)) {
        return;
    }
    sf_media_debug *debug = &table->media_debugs[table->media_debug_count++];
    *debug = (sf_media_debug){ .text = param->text, .name = param->name };

    /* The label ends at a colon in front of the first `=`. */
    size_t colon = sf_slice_find(param->value, ':');
    sf_slice rest = param->value;
    if (colon < sf_slice_find(param->value, '=')) {
        debug->label = sf_slice_trim(sf_slice_head(rest, colon));
        rest = sf_slice_skip(rest, colon + 1);
    }
    if (debug->label.length == 0 && !param->is_unterminated) { /* an open quote is reported already */
        sf_problems_malformed(problems, element, param->text, "The media debug value",
                              param->value.length > 0 ? "names no stream" : "is empty");
    }
    media_pairs pairs = { .element = element, .problems = problems, .debug = debug };
    sf_cursor cursor = sf_cursor_over(rest);
    while (sf_param_next(&cursor, ',', element, problems, &pair)) {
        take_media_pair(&pair, &pairs);
    }
}

/* ---- parameters of an element ---- */

static const sf_slice media_debug_names[] = { SF_LITERAL_INIT("CallerMediaDebug"), SF_LITERAL_INIT("CalleeMediaDebug") };

static sf_diagnostics_text *member_of(sf_diagnostics *diagnostics, sf_slice name)
{
    const struct {
        sf_slice name;
        sf_diagnostics_text *member;
    } rows[] = {
        { SF_LITERAL("reason"), &diagnostics->reason },
        { SF_LITERAL("source"), &diagnostics->source },
        { SF_LITERAL("domain"), &diagnostics->domain },
        { SF_LITERAL("PeerServer"), &diagnostics->peer_server },
    };
    int row = SF_WORDS_FIND(rows, name);

    return row == SF_WORDS_NONE ? NULL : rows[row].member;
}

/** Appends a parameter that is no member, or a member that came before. */
static void keep_param(const sf_param *param, sf_diagnostics *diagnostics, sf_problems *problems,
                       sf_diagnostics_table *table)
{
    if (!sf_problems_room(problems, table->param_count, SF_MAX_DIAGNOSTIC_PARAMS, SF_LIMIT_DIAGNOSTIC_PARAMS,
                          param->text)) {
        return;
    }
    table->params[table->param_count++] = (sf_diagnostics_param){ param->text, param->name, param->value,
                                                                  param->is_quoted };
    diagnostics->params.count++;
}

static void read_param(const sf_param *param, sf_diagnostics *diagnostics, sf_problems *problems,
                       sf_diagnostics_table *table)
{
    /* An element without a code was reported as a whole. */
    if (param->is_unterminated && sf_diagnostics_has_code(diagnostics)) {
        sf_problems_malformed(problems, diagnostics->text, param->text, "The quoted value", "has no closing quote");
    }
    if (SF_WORDS_FIND(media_debug_names, param->name) != SF_WORDS_NONE && sf_slice_present(param->value)) {
        read_media_debug(param, diagnostics->text, problems, table);
        diagnostics->media_debugs.count = table->media_debug_count - diagnostics->media_debugs.first;
        return;
    }
    sf_diagnostics_text *member = member_of(diagnostics, param->name);
    if (member && !sf_slice_present(member->value) && sf_slice_present(param->value)) {
        *member = (sf_diagnostics_text){ param->value, param->is_quoted };
    } else {
        keep_param(param, diagnostics, problems, table);
    }
}

static sf_slice front_of(sf_slice element)
{
    return sf_slice_trim(sf_slice_head(element, sf_slice_find(element, ';')));
}

/** The number that `front` begins with, which ends at a period: OCS also writes `id.sub`. */
static bool read_code(sf_slice front, sf_number *code)
{
    return read_decimal(sf_slice_head(front, sf_slice_find(front, '.')), code) == SF_OK;
}

/** Reads ErrorId. @return what parameters follow: all of the element if it begins with one */
static sf_slice read_front(sf_diagnostics *diagnostics, sf_problems *problems)
{
    sf_slice element = diagnostics->text;
    sf_slice front = front_of(element);
    sf_slice rest = sf_slice_skip(element, sf_slice_find(element, ';'));

    if (!read_code(front, &diagnostics->code)) {
        sf_problems_malformed(problems, element, element, "The header", "does not begin with an error number");
        bool is_param = sf_slice_find(front, '=') < front.length;
        return is_param ? element : rest;
    }
    size_t period = diagnostics->code.text.length;
    if (period < front.length &&
        read_decimal(sf_slice_skip(front, period + 1), &diagnostics->subcode) != SF_OK) {
        sf_problems_malformed(problems, element, front, "The second error number", "is not a number");
    }
    return rest;
}

static void read_element(sf_slice element, sf_slice header, sf_problems *problems, sf_diagnostics_table *table)
{
    sf_param param;

    if (!sf_problems_room(problems, table->count, SF_MAX_DIAGNOSTICS, SF_LIMIT_DIAGNOSTICS, element)) {
        return;
    }
    sf_diagnostics *diagnostics = &table->items[table->count++];
    *diagnostics = (sf_diagnostics){
        .header = header,
        .text = element,
        .params = { table->param_count, 0 },
        .media_debugs = { table->media_debug_count, 0 },
    };
    sf_cursor params = sf_cursor_over(read_front(diagnostics, problems));
    while (sf_param_next(&params, ';', element, problems, &param)) {
        read_param(&param, diagnostics, problems, table);
    }
}

static bool begins_element(sf_slice segment)
{
    sf_number ignored_code;

    return read_code(front_of(segment), &ignored_code);
}

const sf_diagnostics *sf_diagnostics_first_code(const sf_diagnostics_table *table)
{
    for (unsigned i = 0; i < table->count; i++) {
        if (sf_diagnostics_has_code(&table->items[i])) {
            return &table->items[i];
        }
    }
    return NULL;
}

/* A comma may part two elements, stand in an unquoted reason, or stand there for nothing (`,,,`):
 * only one with an error number behind it begins a new element. */
void sf_diagnostics_read(sf_slice value, sf_slice header, sf_problems *problems, sf_diagnostics_table *table)
{
    sf_cursor segments = sf_cursor_over(value);
    sf_slice element = { NULL, 0 };
    sf_slice segment;

    while (sf_list_next(&segments, problems, &segment)) {
        if (!sf_slice_present(element)) {
            element = segment;
        } else if (begins_element(segment)) {
            read_element(element, header, problems, table);
            element = segment;
        } else {
            element = sf_slice_between(element.text, sf_slice_end(segment));
        }
    }
    if (sf_slice_present(element)) {
        read_element(element, header, problems, table);
    } else {
        sf_problems_malformed(problems, value, value, "The header", "is empty");
    }
}
