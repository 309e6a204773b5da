/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of labels and what is done with their values.
 */
#include "labels.h"

#include "engine/text/key_mark.h"
#include "engine/text/words.h"
#include "log/bytes/copy.h"

typedef struct {
    sf_log_labels *labels;
    sf_log_origin *origin;
} target;

typedef void (*take_value)(target *to, sf_slice value, sf_log_note note);

static void take_note(target *to, sf_slice value, sf_log_note note)
{
    sf_log_copy_string(to->labels->notes[note], SF_LOG_MAX_NOTE, sf_slice_head(value, SF_LOG_MAX_NOTE - 1));
}

static void take_correlation(target *to, sf_slice value, sf_log_note note)
{
    (void)note;
    sf_log_copy_string(to->origin->correlation, sizeof to->origin->correlation, value);
}

/* incoming, outgoing or no-direction-info, with `;source=` and `;destination=` on an Edge. */
static void take_direction(target *to, sf_slice value, sf_log_note note)
{
    sf_slice word = sf_slice_trim(sf_slice_head(value, sf_slice_find(value, ';')));

    (void)note;
    if (sf_slice_equals_nocase(word, SF_LITERAL("incoming"))) {
        to->origin->direction = SF_LOG_DIRECTION_RECEIVED;
    } else if (sf_slice_equals_nocase(word, SF_LITERAL("outgoing"))) {
        to->origin->direction = SF_LOG_DIRECTION_SENT;
    }
}

static void take_peer(target *to, sf_slice value, sf_log_note note)
{
    (void)note;
    sf_log_end_read(value, (sf_slice){ NULL, 0 }, &to->origin->remote);
}

static void take_nothing(target *to, sf_slice value, sf_log_note note)
{
    (void)to;
    (void)value;
    (void)note;
}

static const struct {
    sf_slice name;
    take_value take;
    sf_log_note note; /* for take_note only */
} label_table[] = {
    { SF_LITERAL_INIT("Trace-Correlation-Id"), take_correlation, 0 },
    { SF_LITERAL_INIT("Instance-Id"), take_nothing, 0 },
    { SF_LITERAL_INIT("Direction"), take_direction, 0 },
    { SF_LITERAL_INIT("Peer"), take_peer, 0 },
    { SF_LITERAL_INIT("Message-Type"), take_nothing, 0 },
    { SF_LITERAL_INIT("LogType"), take_nothing, 0 },
    { SF_LITERAL_INIT("Severity"), take_note, SF_LOG_NOTE_SEVERITY },
    { SF_LITERAL_INIT("Text"), take_note, SF_LOG_NOTE_TEXT },
    { SF_LITERAL_INIT("Result-Code"), take_note, SF_LOG_NOTE_RESULT },
    { SF_LITERAL_INIT("Data"), take_note, SF_LOG_NOTE_DATA },
    { SF_LITERAL_INIT("SIP-Start-Line"), take_note, SF_LOG_NOTE_START_LINE },
    { SF_LITERAL_INIT("SIP-Call-ID"), take_note, SF_LOG_NOTE_CALL_ID },
    { SF_LITERAL_INIT("SIP-CSeq"), take_note, SF_LOG_NOTE_CSEQ },
};

void sf_log_labels_clear(sf_log_labels *labels)
{
    for (size_t i = 0; i < SF_LOG_NOTE_COUNT; i++) {
        labels->notes[i][0] = '\0';
    }
}

bool sf_log_labels_take(sf_log_labels *labels, sf_log_origin *origin, sf_slice line)
{
    size_t colon = sf_slice_find(line, ':');
    sf_slice name = sf_slice_trim(sf_slice_head(line, colon));
    target to = { labels, origin };

    if (colon == line.length) {
        return false;
    }
    int row = SF_WORDS_FIND(label_table, name);
    if (row == SF_WORDS_NONE) {
        return false;
    }
    if (sf_has_key_mark(line)) {
        return true; /* values go into comments, and comments quote no key */
    }
    label_table[row].take(&to, sf_slice_trim(sf_slice_skip(line, colon + 1)), label_table[row].note);
    return true;
}

static bool take_label(sf_slice line, sf_slice label, sf_slice *value)
{
    if (!sf_slice_starts_nocase(line, label)) {
        return false;
    }
    *value = sf_slice_skip(line, label.length);
    return true;
}

bool sf_log_label_start_line(sf_slice line, sf_slice *value)
{
    if (!take_label(line, SF_LITERAL("Start-Line:"), value)) {
        return false;
    }
    *value = sf_slice_trim(*value);
    return true;
}

bool sf_log_label_body(sf_slice line, sf_slice *value)
{
    if (!take_label(line, SF_LITERAL("Message-Body:"), value)) {
        return false;
    }
    if (value->length > 0 && value->text[0] == ' ') {
        *value = sf_slice_skip(*value, 1);
    }
    return true;
}
