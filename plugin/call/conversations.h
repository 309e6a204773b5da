/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Conversations: calls that belong together, because a message of one names
 * the other, or both have an id that goes through unchanged. Times and
 * telephone numbers alone join nothing.
 */
#ifndef SF_CALL_CONVERSATIONS_H
#define SF_CALL_CONVERSATIONS_H

#include "call.h"
#include "step.h"

/** What shows that two calls belong together. */
typedef enum {
    SF_JOINED_BY_CALL_ID = 1 << 0,         /**< the same caller has it in both at a time (RFC 3261 8.1.1.4) */
    SF_JOINED_BY_REPLACES = 1 << 1,        /**< one takes the place of the other (RFC 3891) */
    SF_JOINED_BY_REFERRED_BY = 1 << 2,     /**< one was made at a REFER in the other (RFC 3892) */
    SF_JOINED_BY_TEAMS_CALL = 1 << 3,      /**< Teams' id of the call: x-c */
    SF_JOINED_BY_CONVERSATION_ID = 1 << 4, /**< Ms-Conversation-ID */
    SF_JOINED_BY_SESSION_ID = 1 << 5,      /**< Session-ID (RFC 7989) */
    SF_JOINED_BY_CONFERENCE = 1 << 6,      /**< one joined a conference, the other has its media: see meeting.h */
    SF_JOINS = 7
} sf_join;

typedef struct sf_conversations sf_conversations;

/**
 * The table of calls, where others are found.
 * @param call_id  hash
 * @param tags     hashes of the two tags that the call must have, in any order (RFC 3891 3); NULL takes any call
 * @return the newest call of that Call-ID, and with those tags; NULL if there is none
 */
typedef struct {
    sf_call *(*find)(void *calls, uint64_t call_id, const uint64_t *tags);
    void *calls;
} sf_call_finder;

/** An empty set of ids. @param memory  where it lives; copied */
sf_conversations *sf_conversations_new(const sf_memory *memory);

/**
 * Takes in one message of a call: joins the call with those that the message or an id in it names, and keeps its ids.
 * @param finder  of the table that the call is in
 */
void sf_conversations_take(sf_conversations *conversations, const sf_call_finder *finder, sf_call *call,
                           const sf_step *step);

/** True if a call names another one by that Call-ID, which is to be joined with it when it comes. @param call_id  hash */
bool sf_conversations_expect(const sf_conversations *conversations, uint64_t call_id);

/** Makes two calls part of one conversation. Nothing if they are the same call. */
void sf_conversation_join(sf_call *one, sf_call *other, sf_join evidence);

/** Gives the conversation of a call a number, from 1 in order of the first message shown, if it has none. */
void sf_conversation_number(sf_conversations *conversations, sf_call *call);

/** Sets what a note says of the conversation. The calls in it have their numbers, if they are shown. */
void sf_conversation_note(const sf_call *call, sf_call_note *note);

/** The number of a call's conversation as far as it is known, 0 for none. */
uint32_t sf_conversation_of(const sf_call *call);

/** What has joined the conversation of a call, as far as it is known: sf_join bits. */
unsigned sf_conversation_evidence(const sf_call *call);

/** True if a message of the conversation has a Microsoft mark. */
bool sf_conversation_is_marked(const sf_call *call);

#endif
