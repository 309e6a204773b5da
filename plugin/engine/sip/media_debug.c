/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Media debug information. No specification describes it. Sources of its keys:
 * support articles and traces that quote the header, and the browser's
 * MSTransportDiagnosticsStats, which has members of the same names.
 */
#include "media_debug.h"

#include "engine/text/words.h"

typedef sf_status read_key(sf_slice value, sf_media_debug *debug, sf_number *number);

typedef struct {
    sf_slice name;
    sf_debug_key key;
    bool is_distinctive; /**< names nothing but media debug information, also as a parameter of a header */
    read_key *read;      /**< NULL for a text */
    const char *fault;   /**< of a value that cannot be read */
} key_row;

static sf_status read_decimal(sf_slice value, sf_media_debug *debug, sf_number *number)
{
    (void)debug;
    return sf_number_read(value, UINT32_MAX, number);
}

static sf_status read_port(sf_slice value, sf_media_debug *debug, sf_number *number)
{
    (void)debug;
    return sf_number_read(value, UINT16_MAX, number);
}

/** Digits with or without the `0x`, which stays in the text. */
static sf_status read_hex(sf_slice value, sf_media_debug *debug, sf_number *number)
{
    bool has_prefix = sf_slice_starts_nocase(value, SF_LITERAL("0x"));
    sf_status status = sf_number_read_hex32(has_prefix ? sf_slice_skip(value, 2) : value, number);

    (void)debug;
    if (status == SF_OK) {
        number->text = value;
    }
    return status;
}

/** `first:last`; the text is kept as it is. */
static sf_status read_port_range(sf_slice value, sf_media_debug *debug, sf_number *number)
{
    size_t colon = sf_slice_find(value, ':');
    sf_number first, last;

    number->text = value;
    if (sf_number_read(sf_slice_head(value, colon), UINT16_MAX, &first) != SF_OK ||
        sf_number_read(sf_slice_skip(value, colon + 1), UINT16_MAX, &last) != SF_OK) {
        return SF_MALFORMED;
    }
    debug->first_port = first;
    debug->last_port = last;
    return SF_OK;
}

static const char no_number[] = "is not a number";
static const char no_port[] = "is not a port number";

static const key_row keys[] = {
    { SF_LITERAL_INIT("ICEWarn"), SF_DEBUG_ICE_WARNING, true, read_hex, no_number },
    { SF_LITERAL_INIT("LocalSite"), SF_DEBUG_LOCAL_SITE, true, NULL, NULL },
    { SF_LITERAL_INIT("RemoteSite"), SF_DEBUG_REMOTE_SITE, true, NULL, NULL },
    { SF_LITERAL_INIT("LocalMR"), SF_DEBUG_LOCAL_RELAY, true, NULL, NULL },
    { SF_LITERAL_INIT("RemoteMR"), SF_DEBUG_REMOTE_RELAY, true, NULL, NULL },
    { SF_LITERAL_INIT("LocalMRTCPPort"), SF_DEBUG_LOCAL_RELAY_TCP_PORT, true, read_port, no_port },
    { SF_LITERAL_INIT("RemoteMRTCPPort"), SF_DEBUG_REMOTE_RELAY_TCP_PORT, true, read_port, no_port },
    { SF_LITERAL_INIT("PortRange"), SF_DEBUG_PORT_RANGE, true, read_port_range, "is not a range of ports" },
    { SF_LITERAL_INIT("LocalLocation"), SF_DEBUG_LOCAL_LOCATION, true, read_decimal, no_number },
    { SF_LITERAL_INIT("RemoteLocation"), SF_DEBUG_REMOTE_LOCATION, true, read_decimal, no_number },
    { SF_LITERAL_INIT("FederationType"), SF_DEBUG_FEDERATION_TYPE, true, read_decimal, no_number },
    { SF_LITERAL_INIT("NetworkName"), SF_DEBUG_NETWORK_NAME, true, NULL, NULL },
    { SF_LITERAL_INIT("Interfaces"), SF_DEBUG_INTERFACES, true, read_hex, no_number },
    { SF_LITERAL_INIT("BaseInterface"), SF_DEBUG_BASE_INTERFACE, true, read_hex, no_number },
    { SF_LITERAL_INIT("BaseAddress"), SF_DEBUG_BASE_ADDRESS, true, NULL, NULL },
    { SF_LITERAL_INIT("LocalInterface"), SF_DEBUG_LOCAL_INTERFACE, false, read_hex, no_number },
    { SF_LITERAL_INIT("LocalAddress"), SF_DEBUG_LOCAL_ADDRESS, false, NULL, NULL },
    { SF_LITERAL_INIT("RemoteAddress"), SF_DEBUG_REMOTE_ADDRESS, false, NULL, NULL },
    { SF_LITERAL_INIT("LocalAddrType"), SF_DEBUG_LOCAL_TYPE, false, NULL, NULL },
    { SF_LITERAL_INIT("RemoteAddrType"), SF_DEBUG_REMOTE_TYPE, false, NULL, NULL },
    { SF_LITERAL_INIT("Protocol"), SF_DEBUG_PROTOCOL, false, NULL, NULL },
    { SF_LITERAL_INIT("IceRole"), SF_DEBUG_ICE_ROLE, false, NULL, NULL },
    { SF_LITERAL_INIT("MrDnsU"), SF_DEBUG_RELAY_NAME, true, NULL, NULL },
    { SF_LITERAL_INIT("MrResU"), SF_DEBUG_RELAY_RESULT, true, NULL, NULL },
    { SF_LITERAL_INIT("NetworkErr"), SF_DEBUG_NETWORK_ERROR, false, NULL, NULL },
    { SF_LITERAL_INIT("MediaTimeout"), SF_DEBUG_MEDIA_TIMEOUT, false, NULL, NULL },
    { SF_LITERAL_INIT("RtcpByeSent"), SF_DEBUG_RTCP_BYE_SENT, false, NULL, NULL },
    { SF_LITERAL_INIT("RtcpByeRcvd"), SF_DEBUG_RTCP_BYE_RECEIVED, false, NULL, NULL },
};

/* The pairs keep one bit for each row. */
_Static_assert(G_N_ELEMENTS(keys) == SF_DEBUG_KEYS && SF_DEBUG_KEYS <= 32, "a row for each key");

/** Parameters whose value holds keys. */
static const struct {
    sf_slice name;
    sf_debug_form form;
} values[] = {
    { SF_LITERAL_INIT("CallerMediaDebug"), SF_DEBUG_VALUE },
    { SF_LITERAL_INIT("CalleeMediaDebug"), SF_DEBUG_VALUE },
    { SF_LITERAL_INIT("MediaChanBlob"), SF_DEBUG_CHANNEL },
};

/** The row of a parameter whose value holds keys, or SF_WORDS_NONE. */
static int value_row(const sf_param *param)
{
    return sf_slice_present(param->value) ? SF_WORDS_FIND(values, param->name) : SF_WORDS_NONE;
}

/** One media debug item while its pairs are read. */
typedef struct {
    sf_slice element;
    const sf_debug_room *room;
    sf_media_debug *debug;
    uint32_t seen;   /* one bit for each row of keys[] */
    bool has_repeat; /* a key came again, which is noted once */
} media_pairs;

/** Room for one more item. @return NULL if there is none */
static sf_media_debug *add_item(const sf_debug_room *room, sf_debug_form form, sf_slice text)
{
    if (!sf_problems_room(room->problems, *room->count, SF_MAX_MEDIA_DEBUGS, SF_LIMIT_MEDIA_DEBUGS, text)) {
        return NULL;
    }
    sf_media_debug *debug = &room->items[(*room->count)++];
    *debug = (sf_media_debug){ .form = form, .text = text, .params = { *room->param_count, 0 } };
    return debug;
}

/** True if the key came before. */
static bool note_repeat(const sf_param *pair, uint32_t bit, media_pairs *pairs)
{
    bool is_repeat = pairs->seen & bit;

    if (is_repeat && !pairs->has_repeat) {
        sf_problems_malformed(pairs->room->problems, pairs->element, pair->text, "The parameter",
                              "is repeated; the first value is used");
    }
    pairs->has_repeat = pairs->has_repeat || is_repeat;
    pairs->seen |= bit;
    return is_repeat;
}

static void keep_pair(const sf_param *pair, media_pairs *pairs)
{
    const sf_debug_room *room = pairs->room;

    if (sf_problems_room(room->problems, *room->param_count, SF_MAX_MEDIA_DEBUG_PARAMS, SF_LIMIT_MEDIA_DEBUG_PARAMS,
                         pair->text)) {
        room->params[(*room->param_count)++] = (sf_diagnostics_param){ pair->text, pair->name, pair->value,
                                                                       pair->is_quoted };
        pairs->debug->params.count++;
    }
}

static void take_pair(const sf_param *pair, media_pairs *pairs)
{
    int index = SF_WORDS_FIND(keys, pair->name);

    if (index == SF_WORDS_NONE) {
        keep_pair(pair, pairs);
        return;
    }
    const key_row *row = &keys[index];
    sf_number *number = &pairs->debug->values[row->key];
    if (note_repeat(pair, UINT32_C(1) << index, pairs)) {
        return;
    }
    if (!row->read) {
        number->text = pair->value;
    } else if (row->read(pair->value, pairs->debug, number) != SF_OK) {
        bool has_value = pair->value.length > 0;
        sf_problems_malformed(pairs->room->problems, pairs->element, has_value ? pair->value : pair->text,
                              row->name.text, has_value ? row->fault : "has no value");
    }
}

/** Takes the label off a value: it ends at a colon before the first `=`. */
static sf_slice read_label(sf_slice value, sf_media_debug *debug)
{
    size_t colon = sf_slice_find(value, ':');

    if (colon >= sf_slice_find(value, '=')) {
        return value;
    }
    debug->label = sf_slice_trim(sf_slice_head(value, colon));
    return sf_slice_skip(value, colon + 1);
}

static void read_value(const sf_param *param, const sf_debug_survey *survey, sf_slice element,
                       const sf_debug_room *room)
{
    sf_debug_form form = values[value_row(param)].form;
    sf_media_debug *debug = add_item(room, form, param->text);
    sf_slice rest = param->value;
    sf_param pair;

    if (!debug) {
        return;
    }
    if (form == SF_DEBUG_VALUE) {
        debug->side = param->name;
        rest = read_label(rest, debug);
    } else {
        debug->side = survey->side;
    }
    if (debug->label.length == 0 && survey->label.length > 0) {
        debug->label = survey->label;
    }
    bool lacks_label = form == SF_DEBUG_VALUE && debug->label.length == 0;
    if (lacks_label && !param->is_unterminated) { /* an open quote is reported already */
        sf_problems_malformed(room->problems, element, param->text, "The media debug value",
                              param->value.length > 0 ? "does not name a stream" : "is empty");
    }
    media_pairs pairs = { .element = element, .room = room, .debug = debug };
    sf_cursor cursor = sf_cursor_over(rest);
    while (sf_param_next(&cursor, ',', element, room->problems, &pair)) {
        take_pair(&pair, &pairs);
    }
}

/** Reads the keys that are parameters by themselves, into one item. */
static void read_keys(const sf_debug_survey *survey, sf_slice params, sf_slice element, const sf_debug_room *room)
{
    media_pairs pairs = { .element = element, .room = room };
    sf_cursor cursor = sf_cursor_over(params);
    sf_param param;

    while (sf_param_next(&cursor, ';', element, NULL, &param)) {
        if (SF_WORDS_FIND(keys, param.name) == SF_WORDS_NONE) {
            continue;
        }
        if (!pairs.debug) {
            pairs.debug = add_item(room, SF_DEBUG_PARAMETERS, param.text);
            if (!pairs.debug) {
                return;
            }
            pairs.debug->side = survey->side;
            pairs.debug->label = survey->label;
        }
        pairs.debug->text = sf_slice_between(pairs.debug->text.text, sf_slice_end(param.text));
        take_pair(&param, &pairs);
    }
}

sf_debug_survey sf_media_debug_survey(sf_slice params, sf_slice element)
{
    sf_debug_survey survey = { .has_values = false };
    sf_cursor cursor = sf_cursor_over(params);
    sf_param param;

    while (sf_param_next(&cursor, ';', element, NULL, &param)) {
        int index = SF_WORDS_FIND(keys, param.name);
        survey.has_values = survey.has_values || value_row(&param) != SF_WORDS_NONE;
        survey.has_keys = survey.has_keys || (index != SF_WORDS_NONE && keys[index].is_distinctive);
        if (sf_slice_equals_nocase(param.name, SF_LITERAL("UserType"))) {
            survey.side = param.value;
        } else if (sf_slice_equals_nocase(param.name, SF_LITERAL("MediaType"))) {
            survey.label = param.value;
        }
    }
    return survey;
}

bool sf_media_debug_owns(const sf_debug_survey *survey, const sf_param *param)
{
    bool is_key = survey->has_keys && SF_WORDS_FIND(keys, param->name) != SF_WORDS_NONE;

    return is_key || value_row(param) != SF_WORDS_NONE;
}

void sf_media_debug_read(const sf_debug_survey *survey, sf_slice params, sf_slice element, const sf_debug_room *room)
{
    sf_cursor cursor = sf_cursor_over(params);
    sf_param param;

    if (survey->has_keys) {
        read_keys(survey, params, element, room);
    }
    while (survey->has_values && sf_param_next(&cursor, ';', element, NULL, &param)) {
        if (value_row(&param) != SF_WORDS_NONE) {
            read_value(&param, survey, element, room);
        }
    }
}
