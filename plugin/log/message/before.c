/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Words, arrows and addresses before a message. Only what looks like an entry of a log is believed: a line with a time,
 * an address or few words, without the small words of a sentence.
 */
#include "before.h"

#include "engine/text/words.h"
#include "log/bytes/copy.h"
#include "log/grammar/pattern.h"
#include "sip_text.h"

#include <glib.h>

/* A line of more words without a time and an address is prose. */
#define MAX_WORDS 10

/* An address is at most so many words after `from` or `to`: `from ip = 192.0.2.1`, `to udp:192.0.2.1`. */
#define WORDS_BETWEEN 3

/* The direction is said in the line before, or in the one before that. */
#define DIRECTION_LINES 2

/* A word or a sign, and the direction that it says. */
typedef struct {
    sf_slice name;
    sf_log_direction direction;
} direction_word;

static const direction_word directions[] = {
    { SF_LITERAL_INIT("received"), SF_LOG_DIRECTION_RECEIVED },
    { SF_LITERAL_INIT("receive"), SF_LOG_DIRECTION_RECEIVED },
    { SF_LITERAL_INIT("receiving"), SF_LOG_DIRECTION_RECEIVED },
    { SF_LITERAL_INIT("recv"), SF_LOG_DIRECTION_RECEIVED },
    { SF_LITERAL_INIT("rcvd"), SF_LOG_DIRECTION_RECEIVED },
    { SF_LITERAL_INIT("rx"), SF_LOG_DIRECTION_RECEIVED },
    { SF_LITERAL_INIT("incoming"), SF_LOG_DIRECTION_RECEIVED },
    { SF_LITERAL_INIT("inbound"), SF_LOG_DIRECTION_RECEIVED },
    { SF_LITERAL_INIT("sent"), SF_LOG_DIRECTION_SENT },
    { SF_LITERAL_INIT("send"), SF_LOG_DIRECTION_SENT },
    { SF_LITERAL_INIT("sending"), SF_LOG_DIRECTION_SENT },
    { SF_LITERAL_INIT("tx"), SF_LOG_DIRECTION_SENT },
    { SF_LITERAL_INIT("transmit"), SF_LOG_DIRECTION_SENT },
    { SF_LITERAL_INIT("transmitting"), SF_LOG_DIRECTION_SENT },
    { SF_LITERAL_INIT("outgoing"), SF_LOG_DIRECTION_SENT },
    { SF_LITERAL_INIT("outbound"), SF_LOG_DIRECTION_SENT },
    { SF_LITERAL_INIT("sendtonetwork"), SF_LOG_DIRECTION_SENT },
};

/* In capitals, as one program writes them: IN from ADDR, OUT to ADDR. */
static const direction_word capitals[] = {
    { SF_LITERAL_INIT("IN"), SF_LOG_DIRECTION_RECEIVED },
    { SF_LITERAL_INIT("OUT"), SF_LOG_DIRECTION_SENT },
};

static const direction_word arrows[] = {
    { SF_LITERAL_INIT("-->"), SF_LOG_DIRECTION_SENT },
    { SF_LITERAL_INIT(">>"), SF_LOG_DIRECTION_SENT },
    { SF_LITERAL_INIT("->"), SF_LOG_DIRECTION_SENT },
    { SF_LITERAL_INIT("\xE2\x86\x92"), SF_LOG_DIRECTION_SENT },
    { SF_LITERAL_INIT("<--"), SF_LOG_DIRECTION_RECEIVED },
    { SF_LITERAL_INIT("<<"), SF_LOG_DIRECTION_RECEIVED },
    { SF_LITERAL_INIT("<-"), SF_LOG_DIRECTION_RECEIVED },
    { SF_LITERAL_INIT("\xE2\x86\x90"), SF_LOG_DIRECTION_RECEIVED },
};

static const struct {
    sf_slice name;
} sentence_words[] = {
    { SF_LITERAL_INIT("a") },  { SF_LITERAL_INIT("an") },  { SF_LITERAL_INIT("the") }, { SF_LITERAL_INIT("this") },
    { SF_LITERAL_INIT("by") }, { SF_LITERAL_INIT("was") }, { SF_LITERAL_INIT("is") },  { SF_LITERAL_INIT("are") },
    { SF_LITERAL_INIT("we") }, { SF_LITERAL_INIT("i") },   { SF_LITERAL_INIT("it") },  { SF_LITERAL_INIT("my") },
    { SF_LITERAL_INIT("our") }, { SF_LITERAL_INIT("then") }, { SF_LITERAL_INIT("when") }, { SF_LITERAL_INIT("and") },
    { SF_LITERAL_INIT("call") }, /* the direction of a call is not that of its messages */
    { SF_LITERAL_INIT("calls") },
    { SF_LITERAL_INIT("leg") },
}, transports[] = {
    { SF_LITERAL_INIT("UDP") }, { SF_LITERAL_INIT("TCP") }, { SF_LITERAL_INIT("TLS") },
    { SF_LITERAL_INIT("WSS") }, { SF_LITERAL_INIT("WS") },  { SF_LITERAL_INIT("SCTP") },
};

void sf_log_before_keep(sf_log_before *before, sf_slice line)
{
    before->has_gap = sf_slice_trim(line).length == 0;
    if (before->has_gap || sf_log_is_rule(line)) {
        return;
    }
    before->newest = (before->newest + 1) % SF_LOG_BEFORE_LINES;
    before->count = MIN(before->count + 1, SF_LOG_BEFORE_LINES);
    before->length[before->newest] = MIN(line.length, SF_LOG_BEFORE_BYTES);
    memcpy(before->text[before->newest], line.text, before->length[before->newest]);
}

void sf_log_before_forget(sf_log_before *before)
{
    before->count = 0;
}

/* What one line says. */
typedef struct {
    sf_log_direction direction;
    bool is_contradictory;     /* it says both */
    sf_slice ends[2];          /* addresses, as found */
    bool is_from[2], is_to[2]; /* `from` or `to` is before it */
    unsigned end_count;
    sf_slice transport;
    unsigned words;
    bool is_sentence;
} saying;

static void note_direction(saying *said, sf_log_direction direction)
{
    said->is_contradictory = said->is_contradictory ||
                             (said->direction != SF_LOG_DIRECTION_UNKNOWN && said->direction != direction);
    said->direction = direction;
}

static bool is_word_char(char c)
{
    return g_ascii_isalnum(c) || c == '_';
}

static unsigned address_bytes(sf_slice text)
{
    char host[SF_LOG_MAX_NAME];
    uint8_t bytes[16];

    sf_log_copy_string(host, sizeof host, text);
    return sf_log_address_bytes(host, bytes);
}

/* Four numbers with dots, or an IPv6 address in brackets: its length, 0 if it is something else. */
static size_t host_length(sf_slice text)
{
    if (text.length > 0 && text.text[0] == '[') {
        size_t close = sf_slice_find(text, ']');
        bool is_address = close < text.length && address_bytes(sf_slice_skip(sf_slice_head(text, close), 1)) > 0;
        return is_address ? close + 1 : 0;
    }
    size_t n = 0;
    while (n < text.length && (g_ascii_isdigit(text.text[n]) || (text.text[n] == '.' && n > 0))) {
        n++;
    }
    return n > 0 && address_bytes(sf_slice_head(text, n)) == 4 ? n : 0;
}

/* An address with the port after it. */
static size_t address_length(sf_slice text)
{
    size_t n = host_length(text), port = n + 1;

    while (n > 0 && n < text.length && text.text[n] == ':' && port < text.length && g_ascii_isdigit(text.text[port])) {
        port++;
    }
    return port > n + 1 ? port : n;
}

static bool is_one_of(sf_slice word, const char *name)
{
    return sf_slice_equals_nocase(word, (sf_slice){ name, strlen(name) });
}

static void note_word(saying *said, sf_slice word)
{
    int row = SF_WORDS_FIND(directions, word);

    said->words++;
    if (row != SF_WORDS_NONE) {
        note_direction(said, directions[row].direction);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(capitals); i++) {
        if (sf_slice_equals(word, capitals[i].name) && said->direction == SF_LOG_DIRECTION_UNKNOWN) {
            said->direction = capitals[i].direction;
        }
    }
    said->is_sentence = said->is_sentence || SF_WORDS_FIND(sentence_words, word) != SF_WORDS_NONE;
    if (SF_WORDS_FIND(transports, word) != SF_WORDS_NONE) {
        said->transport = word;
    }
}

static saying read_words(sf_slice line)
{
    saying said = { .direction = SF_LOG_DIRECTION_UNKNOWN };
    unsigned from = 0, to = 0; /* words for which it still holds */

    for (size_t at = 0; at < line.length;) {
        sf_slice rest = sf_slice_skip(line, at);
        bool is_inside = at > 0 && (is_word_char(line.text[at - 1]) || line.text[at - 1] == '.');
        size_t length = is_inside ? 0 : address_length(rest); /* `5.1.2.3.4` is a version */
        if (length > 0) {
            if (said.end_count < G_N_ELEMENTS(said.ends)) {
                said.is_from[said.end_count] = from > 0;
                said.is_to[said.end_count] = to > 0;
                said.ends[said.end_count++] = sf_slice_head(rest, length);
            }
            from = to = 0;
            at += length;
            continue;
        }
        while (length < rest.length && is_word_char(rest.text[length])) {
            length++;
        }
        if (length > 0) {
            sf_slice word = sf_slice_head(rest, length);
            from = is_one_of(word, "from") ? WORDS_BETWEEN : MAX(from, 1) - 1;
            to = is_one_of(word, "to") ? WORDS_BETWEEN : MAX(to, 1) - 1;
            note_word(&said, word);
        }
        at += MAX(length, 1);
    }
    return said;
}

/* An arrow says the direction where words do not; between two addresses it says who sent the message to whom. */
static sf_log_direction arrow_of(sf_slice line)
{
    sf_log_direction found = SF_LOG_DIRECTION_UNKNOWN;

    for (size_t at = 0; at < line.length; at++) {
        for (size_t i = 0; i < G_N_ELEMENTS(arrows); i++) {
            if (!sf_slice_equals(sf_slice_head(sf_slice_skip(line, at), arrows[i].name.length), arrows[i].name)) {
                continue;
            }
            if (found != SF_LOG_DIRECTION_UNKNOWN && found != arrows[i].direction) {
                return SF_LOG_DIRECTION_UNKNOWN;
            }
            found = arrows[i].direction;
        }
    }
    return found;
}

/* The arrow right before an address. */
static sf_log_direction arrow_beside(sf_slice line, sf_slice end)
{
    sf_slice before = sf_slice_trim(sf_slice_head(line, (size_t)(end.text - line.text)));

    for (size_t i = 0; i < G_N_ELEMENTS(arrows); i++) {
        sf_slice arrow = arrows[i].name;
        if (before.length >= arrow.length &&
            sf_slice_equals(sf_slice_skip(before, before.length - arrow.length), arrow)) {
            return arrows[i].direction;
        }
    }
    /* The head of `<--` and the like is at its other end. */
    size_t begin = before.length;
    while (begin > 0 && strchr("<-", before.text[begin - 1])) {
        begin--;
    }
    return begin < before.length ? arrow_of(sf_slice_skip(before, begin)) : SF_LOG_DIRECTION_UNKNOWN;
}

/* `port: 5060` after an address without one. */
static sf_slice port_after(sf_slice line, sf_slice end)
{
    sf_slice rest = sf_slice_skip(line, (size_t)(end.text + end.length - line.text));
    size_t digits = 0;

    if (sf_slice_find(end, ':') < end.length || !sf_slice_starts_nocase(sf_slice_trim(rest), SF_LITERAL("port"))) {
        return (sf_slice){ "", 0 };
    }
    rest = sf_slice_skip(sf_slice_trim(rest), 4);
    while (rest.length > 0 && strchr(" :=[", rest.text[0])) {
        rest = sf_slice_skip(rest, 1);
    }
    while (digits < rest.length && g_ascii_isdigit(rest.text[digits])) {
        digits++;
    }
    return sf_slice_head(rest, digits);
}

/* The peer is what a message came from or went to, or what an arrow points to. */
static void take_ends(const saying *said, sf_slice line, sf_log_origin *origin)
{
    bool is_sent = said->direction == SF_LOG_DIRECTION_SENT;

    for (unsigned i = 0; i < said->end_count; i++) {
        bool is_peer = is_sent ? said->is_to[i] : said->is_from[i];
        bool is_own = is_sent ? said->is_from[i] : said->is_to[i];
        is_peer = is_peer || (!is_own && arrow_beside(line, said->ends[i]) == said->direction);
        sf_log_end *end = is_peer ? &origin->remote : is_own ? &origin->local : NULL;
        if (end && end->host[0] == '\0') {
            sf_log_end_read(said->ends[i], port_after(line, said->ends[i]), end);
        }
    }
}

/* Takes what a line says of direction and ends. @return true if it says a direction */
static bool take_direction(sf_slice line, bool is_same, sf_log_origin *origin)
{
    sf_log_head head;
    saying said = read_words(line);
    bool has_time = sf_log_match("%h%*", line, &head) && head.stamp.has_clock;
    bool is_entry = has_time || said.end_count > 0 || (!said.is_sentence && said.words <= MAX_WORDS);

    if (said.is_contradictory || !is_entry) {
        return false;
    }
    if (said.direction == SF_LOG_DIRECTION_UNKNOWN && is_same) {
        said.direction = arrow_of(line);
    } else if (said.direction == SF_LOG_DIRECTION_UNKNOWN && said.end_count == 1) {
        said.direction = arrow_beside(line, said.ends[0]);
    }
    if (said.direction == SF_LOG_DIRECTION_UNKNOWN) {
        return false;
    }
    origin->direction = said.direction;
    take_ends(&said, line, origin);
    if (sf_slice_present(said.transport) && origin->transport[0] == '\0') {
        sf_log_copy_string(origin->transport, sizeof origin->transport, said.transport);
    }
    if (has_time && !origin->stamp.has_clock) {
        origin->stamp = head.stamp;
    }
    return true;
}

static sf_slice line_of(const sf_log_before *before, unsigned age)
{
    unsigned index = (before->newest + SF_LOG_BEFORE_LINES - age) % SF_LOG_BEFORE_LINES;
    return (sf_slice){ before->text[index], before->length[index] };
}

void sf_log_before_read(const sf_log_before *before, sf_slice same, sf_log_origin *origin)
{
    bool has_ends = origin->remote.host[0] != '\0' || origin->local.host[0] != '\0';
    bool is_said = origin->direction != SF_LOG_DIRECTION_UNKNOWN || has_ends;

    same = sf_slice_skip(same, same.length - MIN(same.length, SF_LOG_BEFORE_BYTES)); /* its end is what counts */
    if (!is_said && same.length > 0) {
        is_said = take_direction(same, true, origin);
        has_ends = origin->remote.host[0] != '\0';
    }
    for (unsigned age = 0; age < MIN(before->count, DIRECTION_LINES) && (!is_said || !has_ends); age++) {
        sf_log_origin other = *origin;
        bool says = take_direction(line_of(before, age), false, &other);
        if (says && (!is_said || other.direction == origin->direction)) {
            *origin = other;
            is_said = has_ends = true;
        }
    }
    /* What says nothing of the message is only used if it is right before it. */
    unsigned reach = is_said ? before->count : !before->has_gap;
    for (unsigned age = 0; age < MIN(before->count, reach) && !origin->stamp.has_clock; age++) {
        sf_log_head head;
        if (sf_log_match("%H%*", line_of(before, age), &head)) {
            origin->stamp = head.stamp;
        }
    }
}
