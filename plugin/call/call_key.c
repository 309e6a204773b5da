/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which call a message belongs to.
 */
#include "call_key.h"

#include "engine/text/plain_text.h"

#include <glib.h>

G_STATIC_ASSERT(SF_MAX_PARTY <= UINT8_MAX); /* sf_call.caller_length, callee_length */

uint64_t sf_call_key_hash(const sf_hash_key *hash_key, sf_slice text)
{
    return text.length ? sf_keyed_hash(hash_key, text.text, text.length) | 1 : 0;
}

uint64_t sf_call_key_hash_again(const sf_hash_key *hash_key, sf_slice text, sf_hashed *last)
{
    if (text.length == 0 || text.length > sizeof last->text) {
        return sf_call_key_hash(hash_key, text);
    }
    if (text.length != last->length || memcmp(text.text, last->text, text.length) != 0) {
        last->hash = sf_call_key_hash(hash_key, text);
        last->length = (uint8_t)text.length;
        memcpy(last->text, text.text, text.length);
    }
    return last->hash;
}

/** Appends a text to the room, as far as there is some. */
static void append(sf_call_key_party *p, sf_slice text)
{
    size_t length = MIN(text.length, sizeof p->room - p->address.length);

    memcpy(p->room + p->address.length, text.text, length);
    p->address.length += length;
}

/** Appends a text with the escapes of a URI undone. */
static void append_unescaped(sf_call_key_party *p, sf_slice text)
{
    if (text.length > 0) {
        char room[SF_MAX_PARTY];
        append(p, (sf_slice){ room, sf_unescape(sf_slice_head(text, sizeof room), false, room) });
    }
}

/** `local@domain` as the message has it, or an empty slice if it has anything else between the two. */
static sf_slice in_one_piece(const sf_identity *identity)
{
    sf_slice local = identity->local, domain = identity->domain;

    if (local.length == 0 || domain.length == 0) {
        return local.length > 0 ? local : domain;
    }
    bool is_one = sf_slice_end(local) + 1 == domain.text && *sf_slice_end(local) == '@';
    return is_one ? sf_slice_between(local.text, sf_slice_end(domain)) : (sf_slice){ NULL, 0 };
}

/** The address of most is in one piece, short and without escapes: it stays where it is. */
static void read_address(const sf_identity *identity, sf_call_key_party *p)
{
    sf_slice whole = in_one_piece(identity);

    if (whole.length > 0 && whole.length <= sizeof p->room && sf_slice_find(whole, '%') == whole.length) {
        p->address = whole;
        return;
    }
    p->address = (sf_slice){ p->room, 0 };
    append_unescaped(p, identity->local);
    if (p->address.length && identity->domain.length) {
        append(p, SF_LITERAL("@"));
    }
    append_unescaped(p, identity->domain);
}

static void read_party(const sf_hash_key *hash_key, const sf_party *read, sf_hashed *last_tag, sf_call_key_party *p)
{
    p->address = (sf_slice){ p->room, 0 };
    p->tag = read->is_present ? sf_call_key_hash_again(hash_key, read->tag, last_tag) : 0;
    if (read->is_present && sf_slice_present(read->identity.text)) {
        read_address(&read->identity, p);
    }
}

static bool is_caller(const sf_call *call, const sf_call_key_party *p)
{
    return sf_slice_equals_nocase(p->address, sf_call_caller(call));
}

static bool is_callee(const sf_call *call, const sf_call_key_party *p)
{
    return sf_slice_equals_nocase(p->address, sf_call_callee(call));
}

void sf_call_key_read(const sf_message *message, const sf_hash_key *hash_key, uint64_t call_id, sf_call_hashes *hashes,
                      sf_call_key *key)
{
    key->call_id = call_id;
    read_party(hash_key, &message->from, &hashes->from_tag, &key->from);
    read_party(hash_key, &message->to, &hashes->to_tag, &key->to);
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
    bool has_tag = call->caller_tag && (key->from.tag == call->caller_tag || key->to.tag == call->caller_tag);
    bool is_from_caller = is_caller(call, &key->from);

    if (has_tag) {
        return is_from_caller || is_callee(call, &key->to) || is_callee(call, &key->from) || is_caller(call, &key->to);
    }
    if (!(is_from_caller && is_callee(call, &key->to)) && !(is_callee(call, &key->from) && is_caller(call, &key->to))) {
        return false;
    }
    bool lacks_tag = !call->caller_tag || !key->from.tag;
    return lacks_tag || !call->is_call || (begins_dialog && is_from_caller && !call->is_over && !call->answered);
}

bool sf_call_key_is_of_caller(const sf_call_key *key, const sf_call *call)
{
    return (call->caller_tag && key->from.tag == call->caller_tag) ||
           (key->from.address.length > 0 && is_caller(call, &key->from));
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
