/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Tokenizer for header values, parameters, words and lines.
 */
#include "token.h"

#include "block.h"
#include "param_take.h"

const char *sf_skip_quoted(const char *at, const char *end, bool *is_unterminated)
{
    sf_slice rest = sf_slice_between(at + 1, end);
    sf_slice front = sf_slice_head(rest, sf_slice_find(rest, '"'));

    if (front.length < rest.length && sf_slice_find(front, '\\') == front.length) { /* most have no escape */
        return sf_slice_end(front) + 1;
    }
    for (at++; at < end; at++) {
        if (*at == '"') {
            return at + 1;
        }
        if (*at == '\\' && at + 1 < end) {
            at++;
        }
    }
    *is_unterminated = true;
    return end;
}

bool sf_param_next(sf_cursor *cursor, char separator, sf_slice element, sf_problems *problems, sf_param *param)
{
    return sf_param_take(cursor, separator, element, problems, param);
}

/** Where the element that begins at `begin` ends: at the first comma outside quotes and `<...>`, or at `end`. */
static const char *end_of_element(const char *begin, const char *end)
{
    sf_slice rest = sf_slice_between(begin, end);
    sf_slice front = sf_slice_head(rest, sf_slice_find(rest, ','));
    bool in_angles = false;
    bool is_unterminated = false;

    if (front.length == rest.length ||
        (sf_slice_find(front, '<') == front.length && sf_slice_find(front, '"') == front.length)) {
        return sf_slice_end(front);
    }
    for (const char *at = begin; at < end;) {
        if (*at == '"' && !in_angles) {
            at = sf_skip_quoted(at, end, &is_unterminated);
            continue;
        }
        if (*at == ',' && !in_angles) {
            return at;
        }
        in_angles = *at == '<' || (in_angles && *at != '>');
        at++;
    }
    return end;
}

bool sf_list_next(sf_cursor *cursor, sf_problems *problems, sf_slice *element)
{
    const char *at = cursor->at;

    while (at < cursor->end && (*at == ',' || sf_is_blank(*at))) {
        at++;
    }
    if (at == cursor->end) {
        cursor->at = at;
        return false;
    }
    if (!sf_problems_room(problems, cursor->items, SF_MAX_LIST_ELEMENTS, SF_LIMIT_LIST_ELEMENTS,
                          sf_slice_between(at, cursor->end))) {
        cursor->at = cursor->end;
        return false;
    }

    const char *begin = at;
    at = end_of_element(begin, cursor->end);
    *element = sf_slice_trim(sf_slice_between(begin, at));
    cursor->at = at;
    cursor->items++;
    return true;
}

/** Where the word that begins at `at` ends: a block at a time, since words are what messages are made of. */
static inline const char *skip_word(const char *at, const char *end)
{
    while (end - at >= SF_BLOCK) {
        uint64_t marks = sf_block_blanks(sf_block_at(at));
        for (; marks != 0; marks = sf_without_first_mark(marks)) {
            const char *mark = at + sf_first_marked(marks);
            if (sf_is_blank(*mark)) {
                return mark;
            }
        }
        at += SF_BLOCK;
    }
    while (at < end && !sf_is_blank(*at)) {
        at++;
    }
    return at;
}

bool sf_word_next(sf_cursor *cursor, sf_slice *word)
{
    const char *begin = sf_skip_blanks(cursor->at, cursor->end);

    cursor->at = skip_word(begin, cursor->end);
    cursor->items++;
    *word = sf_slice_between(begin, cursor->at);
    return cursor->at != begin;
}

/** Words being taken off a text. */
typedef struct {
    sf_slice *next;    /**< where the next word goes */
    const char *begin; /**< of the word at hand, which ends at the next blank */
} splitter;

/** Ends the word at hand, if it has a letter. */
static inline void end_word(splitter *s, const char *end)
{
    *s->next = sf_slice_between(s->begin, end);
    s->next += end != s->begin;
    s->begin = end + 1;
}

/** Ends the words that end in a block; its first byte is at `at`. */
static inline void end_words(splitter *s, const char *at, uint64_t marks)
{
    for (; marks != 0; marks = sf_without_first_mark(marks)) {
        const char *mark = at + sf_first_marked(marks);
        if (*mark == ' ' || sf_is_blank(*mark)) {
            end_word(s, mark);
        }
    }
}

unsigned sf_words_split(sf_slice text, sf_slice *words, unsigned room)
{
    enum { WORDS_OF_BLOCK = SF_BLOCK / 2 }; /* a block ends so many at most */
    const char *const end = sf_slice_end(text);
    const char *at = text.text;
    sf_slice *const full = words + room;
    splitter s = { words, at };

    if (text.length >= SF_BLOCK && room > WORDS_OF_BLOCK) {
        sf_slice *const nearly_full = full - WORDS_OF_BLOCK;
        const char *const last_block = end - SF_BLOCK;
        for (; at <= last_block && s.next < nearly_full; at += SF_BLOCK) {
            end_words(&s, at, sf_block_blanks(sf_block_at(at)));
        }
        if (at < end && s.next < nearly_full) { /* the block that the last bytes end, without what was seen of it */
            end_words(&s, at, sf_block_blanks(sf_block_at(last_block)) >> (8 * (size_t)(at - last_block)));
            at = end;
        }
    }
    for (; at < end && s.next < full; at++) {
        if (sf_is_blank(*at)) {
            end_word(&s, at);
        }
    }
    if (s.begin < end && s.next < full) {
        *s.next++ = sf_slice_between(s.begin, end);
    }
    return (unsigned)(s.next - words);
}

size_t sf_angle_find(sf_slice s)
{
    const char *const end = sf_slice_end(s);
    bool is_unterminated = false;

    if (s.length > 0 && s.text[0] == '<') { /* as most addresses begin */
        return 0;
    }
    for (const char *at = s.text; at < end;) {
        sf_slice rest = sf_slice_between(at, end);
        sf_slice front = sf_slice_head(rest, sf_slice_find(rest, '<'));
        size_t quote = sf_slice_find(front, '"');
        if (quote == front.length) {
            return (size_t)(sf_slice_end(front) - s.text);
        }
        at = sf_skip_quoted(at + quote, end, &is_unterminated);
    }
    return s.length;
}

bool sf_unnamed_next(sf_cursor *cursor, sf_slice *part)
{
    const char *begin = cursor->at;
    const char *at = begin;

    if (begin == cursor->end) {
        return false;
    }
    while ((at += sf_slice_find(sf_slice_between(at, cursor->end), '"')) < cursor->end) {
        bool is_unterminated = false;
        const char *after = sf_skip_quoted(at, cursor->end, &is_unterminated);
        const char *next = sf_skip_blanks(after, cursor->end);
        if (!is_unterminated && next < cursor->end && *next == '<') {
            *part = sf_slice_between(begin, at);
            cursor->at = after;
            return true;
        }
        at = after;
    }
    *part = sf_slice_between(begin, cursor->end);
    cursor->at = cursor->end;
    return true;
}
