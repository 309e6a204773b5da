/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Diagnostics headers.
 */
#include "diagnostics.h"

#include "engine/text/words.h"

/* ---- parameters of an element ---- */

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

/** Reads a parameter, unless it belongs to the media debug information. */
static void read_param(const sf_param *param, const sf_debug_survey *survey, sf_diagnostics *diagnostics,
                       sf_problems *problems, sf_diagnostics_table *table)
{
    /* An element without a code was reported as a whole. */
    if (param->is_unterminated && sf_diagnostics_has_code(diagnostics)) {
        sf_problems_malformed(problems, diagnostics->text, param->text, "The quoted value", "has no closing quote");
    }
    if (sf_media_debug_owns(survey, param)) {
        return;
    }
    sf_diagnostics_text *member = member_of(diagnostics, param->name);
    if (member && !sf_slice_present(member->value) && sf_slice_present(param->value)) {
        *member = (sf_diagnostics_text){ param->value, param->is_quoted };
    } else {
        keep_param(param, diagnostics, problems, table);
    }
}

static sf_status read_decimal(sf_slice value, sf_number *number)
{
    return sf_number_read(value, UINT32_MAX, number);
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
    if (period < front.length && read_decimal(sf_slice_skip(front, period + 1), &diagnostics->subcode) != SF_OK) {
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
    sf_slice params = read_front(diagnostics, problems);
    sf_debug_survey survey = sf_media_debug_survey(params, element);
    sf_cursor cursor = sf_cursor_over(params);
    while (sf_param_next(&cursor, ';', element, problems, &param)) {
        read_param(&param, &survey, diagnostics, problems, table);
    }
    const sf_debug_room room = {
        .items = table->media_debugs,
        .count = &table->media_debug_count,
        .params = table->media_debug_params,
        .param_count = &table->media_debug_param_count,
        .problems = problems,
    };
    sf_media_debug_read(&survey, params, element, &room);
    diagnostics->media_debugs.count = table->media_debug_count - diagnostics->media_debugs.first;
}

static bool begins_element(sf_slice segment)
{
    sf_number ignored_code;

    return read_code(front_of(segment), &ignored_code);
}

/* A comma may separate two elements, be part of an unquoted reason, or mean nothing (`,,,`): a new element begins only
 * where an error number follows it. */
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
