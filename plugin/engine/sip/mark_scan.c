/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The words of marks, and the search for all of them at once: for two letters
 * of each that are rare elsewhere, in many places at a time.
 */
#include "mark_scan.h"

#include <glib.h>

#include "engine/text/block.h"

/** A word that a mark has, in lower case, and where in it the two letters are that are searched for. */
typedef struct {
    sf_slice text;
    unsigned key;
} mark_word;

enum { MOST_WORDS = 3 };

#define WORD(text, key)            \
    {                              \
        SF_LITERAL_INIT(text), key \
    }

/* By the first letter of the key. A reader of values finds no mark where none of these is; "ms-" begins parameters. */
static const mark_word words[128][MOST_WORDS] = {
    [')'] = { WORD(")@", 0) },                                       /* identity.c */
    ['9'] = { WORD("%29@", 2) },                                     /* identity.c */
    ['a'] = { WORD("opaque", 2), WORD("isgateway", 7) },             /* gruu.c, route.c; parties.c */
    ['c'] = { WORD("rtc/", 2), WORD("rtcc/", 3), WORD("atsc/", 3) }, /* product.c */
    ['e'] = { WORD("cpe/", 2) },                                     /* product.c */
    ['f'] = { WORD("microsoft", 7) },                                /* network.c, product.c */
    ['g'] = { WORD("exumrouting/", 10) },                            /* product.c */
    ['h'] = { WORD("branched", 5) },                                 /* via.c */
    ['i'] = { WORD("uccapi/", 5) },                                  /* product.c */
    ['k'] = { WORD("kerberos", 0) },                                 /* authentication.c */
    ['l'] = { WORD("lync", 0), WORD("ntlm", 2) },                    /* network.c; authentication.c */
    ['m'] = { WORD("ms-", 0), WORD("messenger.msn.com", 10) },       /* param_table.c; network.c */
    ['p'] = { WORD("epid", 1) },                                     /* route.c */
    ['s'] = { WORD("skype", 0), WORD("tls-dsk", 5) },                /* skype_uri.c, network.c; authentication.c */
};

enum { CHUNK = 8 * SF_BLOCK };

static inline uint8_t least(uint8_t a, uint8_t b)
{
    return a < b ? a : b;
}

/**
 * Gives 0 for each byte with which a key may begin, and for some others. The loop has no comparison and no table, so
 * that compilers make it one over 16 bytes at a time.
 * @param text  CHUNK + 1 bytes
 */
static void find_keys(const char *restrict text, char *restrict keys)
{
    enum { LOWER = 'a' - 'A' };

    for (size_t i = 0; i < CHUNK; i++) {
        uint8_t a = (uint8_t)text[i] | LOWER;
        uint8_t b = (uint8_t)text[i + 1] | LOWER;
        uint8_t before_at = (a | (')' ^ '9')) ^ '9'; /* one bit tells the two apart */
        uint8_t before_slash = (a & 0xf0) ^ 0x60;    /* from a to o: most that write a version end in other letters */
        uint8_t behind_a = (b | ('q' ^ 'y')) ^ 'y';
        uint8_t key = least(before_at | (b ^ ('@' | LOWER)), before_slash | (b ^ '/'));
        key = least(key, (a ^ 'a') | behind_a);
        key = least(key, (a ^ 'l') | least(b ^ 'y', b ^ 'm'));
        key = least(key, least(a ^ 'h', a ^ 'k') | (b ^ 'e'));
        key = least(key, (a ^ 'f') | (b ^ 't'));
        key = least(key, (a ^ 'm') | (b ^ 's'));
        key = least(key, (a ^ 'p') | (b ^ 'i'));
        key = least(key, (a ^ 's') | (b ^ 'k'));
        keys[i] = (char)key;
    }
}

/** True if a word lies around its key. */
static bool has_word(const sf_mark_scan *scan, const char *at)
{
    const mark_word *word = words[sf_lower(*at) & 0x7f];

    for (unsigned i = 0; i < MOST_WORDS && word[i].text.length > 0; i++) {
        size_t before = word[i].key;
        if ((size_t)(at - scan->begin) >= before && (size_t)(scan->end - at) >= word[i].text.length - before &&
            sf_same_nocase(at - before, word[i].text.text, word[i].text.length)) {
            return true;
        }
    }
    return false;
}

/** Goes on to the next word, or behind a chunk without one. */
static void look_ahead(sf_mark_scan *scan)
{
    char keys[CHUNK], room[CHUNK + 1];
    size_t length = (size_t)(scan->end - scan->at);
    const char *chunk = scan->at;

    if (length < sizeof room) {
        memset(room, 0, sizeof room);
        memcpy(room, chunk, length);
        find_keys(room, keys);
    } else {
        find_keys(chunk, keys);
    }
    length = MIN(length, CHUNK);
    for (size_t i = 0; i < CHUNK; i += SF_BLOCK) {
        uint64_t block = sf_block_at(keys + i);
        /* The first zero is marked, and bytes behind it may be. */
        uint64_t marks = (block - SF_EACH_BYTE(1)) & ~block & SF_EACH_BYTE(0x80);
        for (; marks != 0; marks = sf_without_first_mark(marks)) {
            size_t place = i + sf_first_marked(marks);
            if (place < length && has_word(scan, chunk + place)) {
                scan->at = chunk + place;
                scan->is_hit = true;
                return;
            }
        }
    }
    scan->at = chunk + length;
    scan->is_hit = false;
}

bool sf_mark_scan_may_be_in(sf_mark_scan *scan, sf_slice value)
{
    const char *const end = sf_slice_end(value);

    if (scan->at < value.text) {
        scan->at = value.text;
        scan->is_hit = false;
    }
    while (scan->at < end && !scan->is_hit) {
        look_ahead(scan);
    }
    return scan->is_hit && scan->at < end;
}
