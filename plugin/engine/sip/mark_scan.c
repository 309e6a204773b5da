/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The words of marks, and the search for all of them at once: for two letters
 * of each that are rare elsewhere, in many places at a time.
 */
#include "mark_scan.h"

#include <glib.h>

#include "engine/text/letter_pairs.h"

/**
 * A word that a mark has, in lower case, where in it the two letters are that are searched for, and their group: any
 * first letter of a group is found before any second one of it, so second letters should be alike.
 */
typedef struct {
    sf_slice text;
    unsigned key;
    unsigned group;
} mark_word;

enum { MOST_WORDS = 4 };

/** The words of a kind of text, by the first letter of the key, and the pairs of letters that are their keys. */
struct sf_mark_words {
    mark_word rows[128][MOST_WORDS];
    gsize is_made; /**< for g_once_init_enter() */
    sf_letter_pairs keys;
};

#define WORD(text, key, group)            \
    {                                     \
        SF_LITERAL_INIT(text), key, group \
    }

/* A reader of values finds no mark where none of these is; "ms-" begins parameters. */
static sf_mark_words header_words = {
    .rows = {
        [')'] = { WORD(")@", 0, 1) },                              /* identity.c */
        ['-'] = { WORD("wl-type", 2, 5), WORD("tls-dsk", 3, 5) },  /* network.c; authentication.c */
        ['9'] = { WORD("%29@", 2, 1) },                            /* identity.c */
        ['a'] = { WORD("opaque", 2, 3), WORD("isgateway", 7, 3) }, /* gruu.c, route.c; parties.c */
        ['c'] = { WORD("rtc/", 2, 0), WORD("rtcc/", 3, 0), WORD("atsc/", 3, 0) },               /* product.c */
        ['e'] = { WORD("cpe/", 2, 0) },                                                         /* product.c */
        ['f'] = { WORD("microsoft", 7, 5) },                                                    /* network.c, product.c */
        ['g'] = { WORD("exumrouting/", 10, 0) },                                                /* product.c */
        ['h'] = { WORD("branched", 5, 2) },                                                     /* via.c */
        ['i'] = { WORD("uccapi/", 5, 0) },                                                      /* product.c */
        ['k'] = { WORD("kerberos", 0, 2), WORD("skype", 1, 3), WORD("outlook.com", 6, 4) },     /* authentication.c; skype_uri.c; network.c */
        ['l'] = { WORD("lync", 0, 3), WORD("ntlm", 2, 6), WORD("hotmail.com", 6, 4) },          /* network.c; authentication.c */
        ['m'] = { WORD("ms-", 0, 6), WORD("messenger.msn.com", 10, 6), WORD("msn.com", 0, 6) }, /* param_table.c; network.c */
        ['p'] = { WORD("epid", 1, 7) },                                                         /* route.c */
        ['v'] = { WORD("live.com", 2, 2) },                                                     /* network.c */
    },
};

/* The names of Microsoft's attributes (attribute.c, sdp_attribute.c) and codecs (codec.c); most begin with x-. */
static sf_mark_words sdp_words = {
    .rows = {
        ['i'] = { WORD("satin", 3, 0) },
        ['k'] = { WORD("silk_", 3, 1) },
        ['m'] = { WORD("remote-candidate", 2, 2) },
        ['o'] = { WORD("cryptoscale", 5, 3) },
        ['r'] = { WORD("applicationsharing-", 14, 4) },
        ['x'] = { WORD("x-", 0, 5) },
    },
};

static void make(sf_mark_words *words)
{
    for (size_t i = 0; i < G_N_ELEMENTS(words->rows); i++) {
        for (const mark_word *word = words->rows[i]; word < words->rows[i] + MOST_WORDS && word->text.length > 0;
             word++) {
            sf_letter_pairs_add(&words->keys, word->text.text + word->key, word->group);
        }
    }
}

static sf_mark_scan scan_over(sf_mark_words *words, sf_slice text)
{
    if (g_once_init_enter(&words->is_made)) {
        make(words);
        g_once_init_leave(&words->is_made, 1);
    }
    return (sf_mark_scan){ words, text.text, sf_slice_end(text), text.text, false };
}

sf_mark_scan sf_mark_scan_over(sf_slice text)
{
    return scan_over(&header_words, text);
}

sf_mark_scan sf_mark_scan_over_sdp(sf_slice text)
{
    return scan_over(&sdp_words, text);
}

/** True if a word lies around its key. */
static bool has_word(const sf_mark_scan *scan, const char *at)
{
    const mark_word *word = scan->words->rows[sf_lower(*at) & 0x7f];

    for (unsigned i = 0; i < MOST_WORDS && word[i].text.length > 0; i++) {
        size_t before = word[i].key;
        if ((size_t)(at - scan->begin) >= before && (size_t)(scan->end - at) >= word[i].text.length - before &&
            sf_may_be_same_letter(at[1], word[i].text.text[before + 1]) &&
            sf_same_nocase(at - before, word[i].text.text, word[i].text.length)) {
            return true;
        }
    }
    return false;
}

/** Goes on to the next word, behind a chunk without one, or to the end of what is asked for. */
static void look_ahead(sf_mark_scan *scan, const char *until)
{
    const char *chunk = scan->at;
    uint32_t marks = sf_letter_pairs_next(&scan->words->keys, &chunk, until, scan->end);
    size_t length = marks == 0 ? 0 : MIN((size_t)(scan->end - chunk), SF_PAIRS_CHUNK);

    for (; marks != 0; marks &= marks - 1) {
        const char *place = chunk + sf_first_pair(marks);
        if (has_word(scan, place)) {
            scan->at = place;
            scan->is_hit = true;
            return;
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
        look_ahead(scan, end);
    }
    return scan->is_hit && scan->at < end;
}

bool sf_mark_scan_covers(const sf_knowledge *knowledge)
{
    for (unsigned i = 0; i < knowledge->provider_count; i++) {
        sf_slice domain = sf_host_without_root(knowledge->providers[i].domain);
        sf_mark_scan scan = sf_mark_scan_over(domain);
        bool is_mark = knowledge->providers[i].network == SF_NETWORK_SKYPE ||
                       knowledge->providers[i].network == SF_NETWORK_TEAMS;
        if (is_mark && !sf_mark_scan_may_be_in(&scan, domain)) {
            return false;
        }
    }
    return true;
}
