/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Few different codecs are in a capture, however many calls it has: their names are kept once.
 */
#include "payloads.h"

#include <string.h>

#include "engine/text/block.h"
#include "engine/text/bytes.h"
#include "engine/text/token.h"
#include "secret_hash.h"

enum {
    MAX_NAME = 40, /* bytes; nobody has longer ones */
    NO_TYPE = SF_LAST_PAYLOAD_TYPE + 1
};

static void free_name(void *memory)
{
    sf_codec_name *name = memory;

    g_free(name->encoding);
    g_free(name);
}

sf_codec_names *sf_codec_names_new(void)
{
    sf_codec_names *names = g_new0(sf_codec_names, 1);

    names->names = g_ptr_array_new_with_free_func(free_name);
    return names;
}

void sf_codec_names_free(sf_codec_names *names)
{
    g_ptr_array_free(names->names, true);
    g_free(names);
}

const sf_codec_name *sf_codec_name_at(const sf_codec_names *names, unsigned index)
{
    return index > 0 && index <= names->names->len ? g_ptr_array_index(names->names, index - 1) : NULL;
}

static bool is_name(sf_slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (!g_ascii_isgraph(text.text[i])) {
            return false;
        }
    }
    return text.length > 0 && text.length <= MAX_NAME;
}

static bool is_of(const sf_codec_name *name, const sf_codec *codec)
{
    return name->rate == codec->clock_rate.value && name->friendly == codec->friendly &&
           sf_slice_equals(codec->name, (sf_slice){ name->encoding, strlen(name->encoding) });
}

/** Index of the codec's name; 0 if it has none that can be kept. */
static uint8_t index_of(sf_codec_names *names, const sf_codec *codec)
{
    GPtrArray *known = names->names;

    if (!is_name(codec->name)) {
        return 0;
    }
    for (unsigned i = 0; i < known->len; i++) {
        if (is_of(g_ptr_array_index(known, i), codec)) {
            return (uint8_t)(i + 1);
        }
    }
    if (known->len == SF_MAX_CODEC_NAMES) {
        return 0;
    }
    sf_codec_name *name = g_new(sf_codec_name, 1);
    name->encoding = g_strndup(codec->name.text, codec->name.length);
    name->rate = (uint32_t)codec->clock_rate.value;
    name->friendly = codec->friendly;
    name->label = codec->friendly ? codec->friendly : name->encoding;
    g_ptr_array_add(known, name);
    return (uint8_t)known->len;
}

static sf_payload *find(sf_payloads *payloads, unsigned type)
{
    for (unsigned i = 0; i < payloads->count; i++) {
        if (payloads->payloads[i].type == type) {
            return &payloads->payloads[i];
        }
    }
    return NULL;
}

static void add(sf_payloads *payloads, sf_payload payload)
{
    if (find(payloads, payload.type)) {
        return;
    }
    if (payloads->count == SF_MAX_PAYLOADS) {
        payloads->is_whole = false;
    } else {
        payloads->payloads[payloads->count++] = payload;
    }
}

void sf_payloads_join(sf_payloads *payloads, const sf_payloads *other)
{
    payloads->is_whole &= other->is_whole;
    for (unsigned i = 0; i < other->count; i++) {
        add(payloads, other->payloads[i]);
    }
}

/** Takes a word off: a payload type, or NO_TYPE for any other word. False if there is none. */
static bool next_type(sf_cursor *words, unsigned *type)
{
    const char *at = sf_skip_blanks(words->at, words->end);
    bool is_there = at < words->end, is_type = true;

    *type = 0;
    for (; at < words->end && !sf_is_blank(*at); at++) {
        *type = MIN(*type * 10 + (unsigned)(*at - '0'), NO_TYPE);
        is_type &= g_ascii_isdigit(*at);
    }
    *type = is_type ? *type : NO_TYPE;
    words->at = at;
    return is_there;
}

void sf_payloads_add_formats(sf_payloads *payloads, sf_slice formats)
{
    sf_cursor words = sf_cursor_over(formats);
    unsigned type;

    while (next_type(&words, &type)) {
        if (type <= SF_LAST_PAYLOAD_TYPE) {
            add(payloads, (sf_payload){ .type = (uint8_t)type });
        } else {
            payloads->is_whole = false;
        }
    }
}

/** The place for a codec among the recent ones; most of a capture have one for themselves. */
static sf_recent_codec *recent_of(sf_codec_names *names, sf_slice text)
{
    static const uint64_t prime = UINT64_C(0x9e3779b97f4a7c15); /* the golden ratio: spreads any bit over all of them */
    uint64_t letters;

    if (text.length < SF_BLOCK) {
        letters = sf_little_endian((const uint8_t *)text.text, text.length);
    } else { /* the beginning and the end, which tell names apart, and rates */
        letters = sf_block_at(text.text) * prime ^ sf_block_at(sf_slice_end(text) - SF_BLOCK);
    }
    return &names->recent[(letters * prime >> 32) % SF_RECENT_CODECS];
}

/** Index of the name in `value`, of which `text` is what comes after the number. */
static uint8_t name_of(sf_codec_names *names, sf_slice value, sf_slice text)
{
    sf_recent_codec *recent = text.length > 0 && text.length <= SF_MAX_RECENT_CODEC ? recent_of(names, text) : NULL;
    sf_codec codec;

    if (recent && recent->length == text.length && memcmp(recent->text, text.text, text.length) == 0) {
        return recent->name;
    }
    sf_codec_read(value, value, NULL, &codec);
    uint8_t name = index_of(names, &codec);
    if (recent && name > 0) {
        memcpy(recent->text, text.text, text.length);
        recent->length = (uint8_t)text.length;
        recent->name = name;
    }
    return name;
}

void sf_payloads_name(sf_payloads *payloads, sf_slice value, sf_codec_names *names)
{
    sf_cursor words = sf_cursor_over(value);
    unsigned type;

    sf_payload *payload = next_type(&words, &type) ? find(payloads, type) : NULL;
    if (payload && payload->name == 0) {
        payload->name = name_of(names, value, sf_slice_trim(sf_cursor_rest(&words)));
    }
}

static unsigned hash_list(const void *key)
{
    const sf_payloads *list = key;

    return sf_secret_hash(list->payloads, list->count * sizeof list->payloads[0]) + list->is_whole;
}

static gboolean are_equal(const void *a, const void *b)
{
    const sf_payloads *one = a, *other = b;

    return one->count == other->count && one->is_whole == other->is_whole &&
           memcmp(one->payloads, other->payloads, one->count * sizeof one->payloads[0]) == 0;
}

struct sf_payload_lists {
    GHashTable *numbers; /**< by list */
    GPtrArray *lists;
};

sf_payload_lists *sf_payload_lists_new(void)
{
    sf_payload_lists *lists = g_new(sf_payload_lists, 1);

    lists->numbers = g_hash_table_new(hash_list, are_equal);
    lists->lists = g_ptr_array_new_with_free_func(g_free);
    return lists;
}

void sf_payload_lists_free(sf_payload_lists *lists)
{
    g_hash_table_destroy(lists->numbers);
    g_ptr_array_free(lists->lists, true);
    g_free(lists);
}

uint32_t sf_payload_lists_keep(sf_payload_lists *lists, const sf_payloads *payloads)
{
    uint32_t number = GPOINTER_TO_UINT(g_hash_table_lookup(lists->numbers, payloads));

    if (number == 0 && lists->lists->len < SF_MAX_PAYLOAD_LISTS) {
        sf_payloads *kept = g_new(sf_payloads, 1);
        *kept = *payloads;
        g_ptr_array_add(lists->lists, kept);
        number = lists->lists->len;
        g_hash_table_insert(lists->numbers, kept, GUINT_TO_POINTER(number));
    }
    return number;
}

const sf_payloads *sf_payload_lists_at(const sf_payload_lists *lists, uint32_t number)
{
    return number > 0 ? g_ptr_array_index(lists->lists, number - 1) : NULL;
}

const sf_payload *sf_payloads_find(const sf_payloads *payloads, unsigned type)
{
    return payloads ? find((sf_payloads *)payloads, type) : NULL;
}

const char *sf_payload_static_name(unsigned type)
{
    sf_number number = { .text = SF_LITERAL("static"), .value = type };
    sf_codec codec;

    return sf_codec_of_static_type(number, &codec) ? codec.friendly : NULL;
}
