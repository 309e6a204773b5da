/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which call a message belongs to.
 */
#include "call_key.h"

#include "engine/text/plain_text.h"

#include <glib.h>

G_STATIC_ASSERT(SF_MAX_PARTY <= UINT8_MAX); /* sf_call_key_party.length */

uint64_t sf_call_key_hash(const sf_hash_key *hash_key, sf_slice text)
{
    return text.length ? sf_keyed_hash(hash_key, text.text, text.length) | 1 : 0;
}

/** Appends a text, as far as there is room. */
static void append(sf_call_key_party *p, sf_slice text)
{
    size_t length = MIN(text.length, sizeof p->text - p->length);

    memcpy(p->text + p->length, text.text, length);
    p->length = (uint8_t)(p->length + length);
}

/** Appends a text with the escapes of a URI undone. */
static void append_unescaped(sf_call_key_party *p, sf_slice text)
{
    if (text.length > 0) {
        char room[SF_MAX_PARTY];
        append(p, (sf_slice){ room, sf_unescape(sf_slice_head(text, sizeof room), false, room) });
    }
}

static void read_party(const sf_hash_key *hash_key, const sf_party *read, sf_call_key_party *p)
{
    const sf_identity *identity = &read->identity;

    p->length = 0;
    p->tag = read->is_present ? sf_call_key_hash(hash_key, read->tag) : 0;
    if (!read->is_present || !sf_slice_present(identity->text)) {
        return;
    }
    append_unescaped(p, identity->local);
    if (p->length && identity->domain.length) {
        append(p, SF_LITERAL("@"));
    }
    append_unescaped(p, identity->domain);
}

static sf_slice address_of(const sf_call_key_party *p)
{
    return (sf_slice){ p->text, p->length };
}

static bool is_caller(const sf_call *call, const sf_call_key_party *p)
{
    return sf_slice_equals_nocase(address_of(p), sf_call_caller(call));
}

static bool is_callee(const sf_call *call, const sf_call_key_party *p)
{
    return sf_slice_equals_nocase(address_of(p), sf_call_callee(call));
}

bool sf_call_key_read(const sf_message *message, const sf_hash_key *hash_key, sf_call_key *key)
{
    key->call_id = sf_call_key_hash(hash_key, message->call_id);
    if (!key->call_id) {
        return false;
    }
    read_party(hash_key, &message->from, &key->from);
    read_party(hash_key, &message->to, &key->to);
    return true;
}

/*
 * A Call-ID alone does not name a call: some systems use one again with other
 * parties. The tags decide, but only if one of the parties fits as well, since
 * some stacks never change their tag. A message without the known tag goes on
 * with a call of the same two parties that was not answered yet: a retry after
 * 415 or 488 may have a new tag ([MS-SIPRE] 3.15.4.1).
 */

bool sf_call_key_is_of(const sf_call_key *key, const sf_call *call, bool begins_dialog)
{
    bool is_from_caller = is_caller(call, &key->from), is_to_callee = is_callee(call, &key->to);
    bool is_from_callee = is_callee(call, &key->from), is_to_caller = is_caller(call, &key->to);
    bool has_tag = call->caller_tag && (key->from.tag == call->caller_tag || key->to.tag == call->caller_tag);

    if (has_tag) {
        return is_from_caller || is_to_callee || is_from_callee || is_to_caller;
    }
    if (!(is_from_caller && is_to_callee) && !(is_from_callee && is_to_caller)) {
        return false;
    }
    bool lacks_tag = !call->caller_tag || !key->from.tag;
    return lacks_tag || !call->is_call || (begins_dialog && is_from_caller && !call->is_over && !call->answered);
}

bool sf_call_key_is_of_caller(const sf_call_key *key, const sf_call *call)
{
    return (call->caller_tag && key->from.tag == call->caller_tag) ||
           (key->from.length > 0 && is_caller(call, &key->from));
}

/** From is the sender of the request, also in its responses. */
bool sf_call_key_is_by_caller(const sf_call_key *key, const sf_call *call)
{
    if (call->caller_tag && key->from.tag == call->caller_tag) {
        return true;
    }
    if (call->caller_tag && key->to.tag == call->caller_tag) {
        return false;
    }
    return is_caller(call, &key->from) || !is_callee(call, &key->from);
}
