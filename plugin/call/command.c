/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * [MS-CONFPRO] 2.2.2 and 3.2 (requestId); text/x-msmsgsinvite (Invitation-Cookie) and the file transfer of Lync, as
 * pidgin-sipe reads and writes them.
 */
#include "command.h"

#include "call_key.h"
#include "engine/body/document.h"
#include "engine/text/number.h"
#include "engine/text/token.h"
#include "engine/text/words.h"
#include "methods.h"

#include <glib.h>

enum {
    BUCKETS = 1024,    /* a power of two */
    MAX_LOOKED_AT = 64 /* of the commands in a bucket, the newest: a hostile capture must not cost more */
};

typedef struct entry {
    struct entry *next;
    uint64_t call_id; /**< hash */
    uint64_t id;      /**< hash of the request's id */
    uint64_t parties; /**< of both sides, in any order; 0 if the body does not name them */
    uint32_t cseq;
    sf_command command;
} entry;

struct sf_commands {
    sf_memory memory;
    sf_hash_key hash_key;
    entry **buckets; /**< chains, newest first; NULL before the first command */
};

/** What a body says. */
typedef struct {
    sf_command_part part;
    sf_slice name, id, role, reason;
    sf_slice file_size;
    sf_command_result result; /**< of an answer */
    uint64_t parties;
    bool is_file;
} command_body;

sf_commands *sf_commands_new(const sf_memory *memory, const sf_hash_key *hash_key)
{
    sf_commands *commands = sf_memory_allocate(memory, sizeof *commands);

    *commands = (sf_commands){ .memory = *memory, .hash_key = *hash_key };
    return commands;
}

/* ---- reading ---- */

static sf_slice text_of(const sf_document *document, sf_fact_id id)
{
    const sf_fact *fact = sf_document_find(document, id);

    return fact ? fact->text : (sf_slice){ NULL, 0 };
}

static sf_command_result result_of(sf_slice word)
{
    static const struct {
        sf_slice word;
        sf_command_result result;
    } words[] = {
        { SF_LITERAL_INIT("success"), SF_COMMAND_SUCCEEDED },
        { SF_LITERAL_INIT("failure"), SF_COMMAND_FAILED },
        { SF_LITERAL_INIT("pending"), SF_COMMAND_PENDING },
    };
    int row = SF_WORDS_FIND(words, word);

    return row == SF_WORDS_NONE ? SF_COMMAND_OPEN : words[row].result;
}

/** The answer swaps the two, or does not. */
static uint64_t parties_of(const sf_hash_key *hash_key, const sf_document *document)
{
    uint64_t from = sf_call_key_hash(hash_key, text_of(document, SF_FACT_CONFERENCE_FROM));
    uint64_t to = sf_call_key_hash(hash_key, text_of(document, SF_FACT_CONFERENCE_TO));

    return from && to ? from + to : 0;
}

static sf_command_part part_of_root(sf_slice root)
{
    if (sf_slice_equals_nocase(root, SF_LITERAL("request"))) {
        return SF_COMMAND_REQUEST;
    }
    return sf_slice_equals_nocase(root, SF_LITERAL("response")) ? SF_COMMAND_ANSWER : SF_COMMAND_NO_PART;
}

static command_body conference_body(const sf_hash_key *hash_key, const sf_document *document)
{
    return (command_body){
        .part = part_of_root(document->root),
        .name = text_of(document, SF_FACT_CONFERENCE_COMMAND),
        .id = text_of(document, SF_FACT_CONFERENCE_REQUEST_ID),
        .role = text_of(document, SF_FACT_CONFERENCE_ROLE),
        .reason = text_of(document, SF_FACT_CONFERENCE_REASON),
        .result = result_of(text_of(document, SF_FACT_CONFERENCE_CODE)),
        .parties = parties_of(hash_key, document),
    };
}

/** A request of its own cancels the transfer that an earlier one began. */
static command_body file_body(const sf_document *document)
{
    static const sf_slice canceled = SF_LITERAL_INIT("canceled");
    sf_slice name = text_of(document, SF_FACT_MESSAGING_COMMAND);
    sf_slice transfer = text_of(document, SF_FACT_MESSAGING_TRANSFER);

    if (transfer.length > 0 && sf_slice_equals_nocase(name, SF_LITERAL("cancelTransfer"))) {
        return (command_body){ .part = SF_COMMAND_ANSWER,
                               .name = name,
                               .id = transfer,
                               .reason = canceled,
                               .result = SF_COMMAND_FAILED,
                               .is_file = true };
    }
    return (command_body){
        .part = part_of_root(document->root),
        .name = text_of(document, SF_FACT_MESSAGING_COMMAND),
        .id = text_of(document, SF_FACT_MESSAGING_COOKIE),
        .reason = text_of(document, SF_FACT_MESSAGING_REASON),
        .result = result_of(text_of(document, SF_FACT_MESSAGING_CODE)),
        .is_file = true,
    };
}

/** An invitation is answered with ACCEPT, and by either side with CANCEL. */
static command_body invitation_body(const sf_document *document)
{
    sf_slice name = text_of(document, SF_FACT_MESSAGING_COMMAND);
    bool is_request = sf_slice_equals_nocase(name, SF_LITERAL("INVITE"));
    bool is_accepted = sf_slice_equals_nocase(name, SF_LITERAL("ACCEPT"));
    bool is_canceled = sf_slice_equals_nocase(name, SF_LITERAL("CANCEL"));

    return (command_body){
        .part = is_request                   ? SF_COMMAND_REQUEST
                : is_accepted || is_canceled ? SF_COMMAND_ANSWER
                                             : SF_COMMAND_NO_PART,
        .name = name,
        .id = text_of(document, SF_FACT_MESSAGING_COOKIE),
        .reason = text_of(document, SF_FACT_MESSAGING_CODE),
        .result = is_accepted ? SF_COMMAND_ACCEPTED : SF_COMMAND_FAILED,
        .is_file = true,
    };
}

/** Reads the first body that has a command or an answer. */
static bool read_body(const sf_commands *commands, const sf_message *message, command_body *body)
{
    static sf_document document; /* large, so there is one for all */

    for (unsigned i = 0; i < message->bodies.count; i++) {
        const sf_body *item = &message->bodies.items[i];
        const sf_document_type *type = sf_document_type_of(item->content_type);
        if (!type || sf_slice_present(item->encoding)) {
            continue;
        }
        if (type->kind == SF_DOCUMENT_CONFERENCE_COMMAND) {
            sf_document_read(item->text, type, &document);
            *body = conference_body(&commands->hash_key, &document);
        } else if (type->kind == SF_DOCUMENT_FILE_TRANSFER) {
            sf_document_read(item->text, type, &document);
            *body = file_body(&document);
        } else if (type->kind == SF_DOCUMENT_INVITATION) {
            sf_document_read(item->text, type, &document);
            *body = invitation_body(&document);
        } else {
            continue;
        }
        return body->part != SF_COMMAND_NO_PART && body->id.length > 0;
    }
    return false;
}

/* ---- keeping ---- */

static entry **bucket_of(const sf_commands *commands, uint64_t call_id)
{
    return &commands->buckets[call_id & (BUCKETS - 1)];
}

static entry *find(const sf_commands *commands, uint64_t call_id, uint64_t id, uint64_t parties)
{
    unsigned looked_at = 0;

    if (!commands->buckets) {
        return NULL;
    }
    for (entry *e = *bucket_of(commands, call_id); e && looked_at < MAX_LOOKED_AT; e = e->next, looked_at++) {
        if (e->call_id == call_id && e->id == id && (!parties || !e->parties || e->parties == parties)) {
            return e;
        }
    }
    return NULL;
}

static void keep_text(char *room, uint8_t *length, sf_slice text)
{
    text = sf_slice_head(text, SF_MAX_COMMAND_TEXT);
    *length = (uint8_t)text.length;
    if (text.length > 0) {
        memcpy(room, text.text, text.length);
    }
}

static entry *add(sf_commands *commands, uint64_t call_id, uint64_t id, const command_body *body)
{
    if (!commands->buckets) {
        commands->buckets = sf_memory_allocate(&commands->memory, BUCKETS * sizeof(entry *));
        for (unsigned i = 0; i < BUCKETS; i++) {
            commands->buckets[i] = NULL;
        }
    }
    entry **bucket = bucket_of(commands, call_id);
    entry *e = sf_memory_allocate(&commands->memory, sizeof *e);
    *e = (entry){ .next = *bucket, .call_id = call_id, .id = id, .parties = body->parties };
    e->command.is_file = body->is_file;
    keep_text(e->command.name, &e->command.name_length, body->name);
    keep_text(e->command.role, &e->command.role_length, body->role);
    *bucket = e;
    return e;
}

static bool is_final(const sf_command *command)
{
    return command->result == SF_COMMAND_SUCCEEDED || command->result == SF_COMMAND_FAILED;
}

/** The first answer counts, but one that says more is to come, and one that ends what was accepted. */
static void settle(sf_command *command, sf_command_result result, sf_slice reason, uint32_t frame, int64_t time)
{
    if (is_final(command)) {
        return;
    }
    command->result = (uint8_t)result;
    command->answer_in = frame;
    command->answered = time;
    keep_text(command->reason, &command->reason_length, reason);
}

static void take_request(sf_commands *commands, const sf_message *message, const command_body *body, uint64_t call_id,
                         uint32_t frame, int64_t time, sf_call_note *note)
{
    uint64_t id = sf_call_key_hash(&commands->hash_key, body->id);
    uint32_t cseq = sf_cseq_number(message->cseq);
    entry *e = find(commands, call_id, id, body->parties);

    if (!e || e->cseq != cseq) { /* else a repetition, or the next hop */
        e = add(commands, call_id, id, body);
        e->cseq = cseq;
        e->command.request_in = frame;
        e->command.requested = time;
    }
    note->command = &e->command;
}

/** A response without a command in its body: what it refuses, it refuses as SIP does. */
static void take_refusal(const sf_commands *commands, const sf_message *message, uint64_t call_id, uint32_t frame,
                         int64_t time, sf_call_note *note)
{
    uint32_t cseq = sf_cseq_number(message->cseq);
    unsigned looked_at = 0;

    for (entry *e = *bucket_of(commands, call_id); e && looked_at < MAX_LOOKED_AT; e = e->next, looked_at++) {
        if (e->call_id == call_id && e->cseq == cseq) {
            settle(&e->command, SF_COMMAND_FAILED, (sf_slice){ NULL, 0 }, frame, time);
            e->command.status_code = e->command.answer_in == frame ? message->status_code : e->command.status_code;
            note->command = &e->command;
            note->command_part = SF_COMMAND_REFUSAL;
            return;
        }
    }
}

/** 401 and 407 ask for another attempt, and after 487 nobody wants the answer. */
static bool is_refusal(const sf_message *message)
{
    return message->status_code >= 400 && message->status_code != 401 && message->status_code != 407 &&
           message->status_code != 487;
}

bool sf_commands_has(const sf_commands *commands, sf_slice call_id)
{
    return commands->buckets && *bucket_of(commands, sf_call_key_hash(&commands->hash_key, call_id)) != NULL;
}

void sf_commands_take(sf_commands *commands, const sf_message *message, uint32_t frame, int64_t time,
                      sf_call_note *note)
{
    command_body body;
    bool may_refuse = commands->buckets && is_refusal(message);

    if ((message->bodies.count == message->media.sdp_count && !may_refuse) || message->call_id.length == 0) {
        return;
    }
    bool has_body = read_body(commands, message, &body);
    if (!has_body && !may_refuse) {
        return;
    }
    uint64_t call_id = sf_call_key_hash(&commands->hash_key, message->call_id);
    if (!has_body) {
        take_refusal(commands, message, call_id, frame, time, note);
        return;
    }
    note->command_part = (uint8_t)body.part;
    if (body.part == SF_COMMAND_REQUEST) {
        take_request(commands, message, &body, call_id, frame, time, note);
        return;
    }
    entry *e = find(commands, call_id, sf_call_key_hash(&commands->hash_key, body.id), body.parties);
    if (e) {
        settle(&e->command, body.result, body.reason, frame, time);
        note->command = &e->command;
    }
}
