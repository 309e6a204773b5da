/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How a fact of a body (engine/body) becomes an item: a row for each fact, in
 * the files body_*.c. Private to the section bodies and its parts.
 */
#ifndef SF_DISSECT_SECTIONS_BODY_FIELD_H
#define SF_DISSECT_SECTIONS_BODY_FIELD_H

#include "dissect/view/label.h"

#include "engine/body/document.h"
#include "engine/sip/diagnosis.h"

typedef enum {
    SF_SHAPE_TEXT,
    SF_SHAPE_NUMBER,
    SF_SHAPE_REAL,
    SF_SHAPE_PERCENT, /**< a fraction of 1, shown in percent */
    SF_SHAPE_FLAG,
    SF_SHAPE_LENGTH,     /**< a secret, or somebody's words: how many bytes they have, and nothing else */
    SF_SHAPE_SETTING,    /**< name and value, of the settings that are known to be no secret */
    SF_SHAPE_EVENT,      /**< name and share of the call, if there was any */
    SF_SHAPE_DIAGNOSTICS /**< text in the grammar of ms-diagnostics */
} sf_body_shape;

typedef struct {
    sf_fact_id id;
    int *hf;
    sf_body_shape shape;
    bool is_group;
    const char *(*explain)(const sf_fact *fact); /**< NULL, or what gives words for its value; these may be NULL */
    const char *unit;                            /**< added to a number, with the blank before it; NULL without one */
} sf_body_field;

/** Fields of one area. */
typedef struct {
    const sf_body_field *rows;
    unsigned count;
} sf_body_fields;

sf_body_fields sf_body_call_fields(void);
sf_body_fields sf_body_quality_fields(void);
sf_body_fields sf_body_presence_fields(void);
sf_body_fields sf_body_messaging_fields(void);

/* body_fact.c */

/** Shows a fact of view->message. Returns the tree below its item for a group, else NULL; sets `item`, also to NULL. */
proto_tree *sf_body_fact_show(const sf_view *view, proto_tree *tree, const sf_document *document, unsigned index,
                              proto_item **item);

/** Text of a body for use in labels: the escapes of XML are undone. It lives as long as the packet. */
const char *sf_body_string(const sf_view *view, sf_slice text);

/** What the value of a fact means, or NULL. */
const char *sf_body_explanation(const sf_fact *fact);

/** The code of a diagnostics text in a body, and what it means. */
typedef struct {
    sf_diagnostics diagnostics; /**< its slices live as long as the packet, and are not of the message */
    const char *words;
    sf_severity severity;
} sf_body_diagnosis;

/** Reads fact `index`, in the grammar of ms-diagnostics. @return false if it has no code */
bool sf_body_diagnosis_read(const sf_view *view, const sf_document *document, unsigned index,
                            sf_body_diagnosis *diagnosis);

/* body_ice.c */

/** Shows IceWarningFlags of a quality report, with each flag that is known in words. */
void sf_body_ice_show(const sf_view *view, proto_tree *tree, const sf_document *document, unsigned index);

/** Subtree type of rows of bodies. */
int sf_body_ett(void);

/* body_command.c */

/** Shows where the answer to a command is, or the command that is answered, and what came of it. */
void sf_body_command_show(const sf_view *view, proto_tree *tree);

/** Adds to the title of an answer which role was asked for, if another one was given. */
void sf_body_command_label(const sf_view *view, const sf_document *document, sf_label *label);

/** True for a SIP response that refuses a conference command. */
bool sf_body_command_is_refused(const sf_view *view);

/** Shows and reports such a response. @param tree  NULL for the warning alone */
void sf_body_command_show_refusal(const sf_view *view, proto_tree *tree);

/* body_text.c */

/** True for a body that is what somebody wrote to somebody else. */
bool sf_body_text_is_message(const sf_view *view, const sf_body *body);

/** Shows its length, and its text if the user wants that. */
void sf_body_text_show(const sf_view *view, proto_tree *tree, const sf_body *body);

/** True if the user wants to see what people write, and the text has no key or password. */
bool sf_body_text_may_show(sf_slice text);

/** Shows the length of the first message of a conversation, which a header has. @param where  its bytes */
proto_item *sf_body_text_show_first(const sf_view *view, proto_tree *tree, sf_slice where, size_t length);

/**
 * Shows the text of that message; of several forms of it, the first one. Only after sf_body_text_may_show().
 * @param where         bytes of the message that it comes from
 * @param content_type  with its parameters
 * @param text          decoded: no part of the message
 */
void sf_body_text_show_form(const sf_view *view, proto_tree *tree, sf_slice where, sf_slice content_type,
                            sf_slice text);

/** Shows the name of a file, escapes of XML undone, if the user wants that. */
void sf_body_text_show_file(const sf_view *view, proto_tree *tree, sf_slice name);

/** The state of the one who writes, once more: filters know it as a field of instant messages. */
void sf_body_text_show_composing(const sf_view *view, proto_tree *tree, sf_slice state);

/* body_label.c: what whole bodies come to, for their titles */

/** `: Busy, in a call`; of LCS 2005 and of other systems, what they say instead. */
void sf_body_presence_label(const sf_document *document, sf_label *label);

/** `: only what changed, 2 participants, 1 of them left`. */
void sf_body_conference_label(const sf_document *document, sf_label *label);

/** `: delivered to 1 of 3`; nothing for other notices. */
void sf_body_delivery_label(const sf_document *document, sf_label *label);

/* body_conference.c */

/** Completes the row of the participant that fact `index` is. @param tree  below it; NULL adds nothing there */
void sf_body_conference_show_user(const sf_view *view, proto_tree *tree, proto_item *item, const sf_document *document,
                                  unsigned index);

/* body_verdict.c */

/**
 * Says what a body comes to: whether a call was poor, a command failed, what a client reports, who is where.
 * @param tree  below the item of fact `index`; NULL for warnings alone
 * @param item  that item, or NULL
 */
void sf_body_verdict_show(const sf_view *view, proto_tree *tree, proto_item *item, const sf_document *document,
                          unsigned index);

/** Adds to the title of our tree what a body says of somebody's presence. */
void sf_body_verdict_headline(const sf_view *view, const sf_document *document);

/** What the whole body comes to, for its title; nothing for most. */
void sf_body_verdict_label(const sf_view *view, const sf_document *document, sf_label *label);

#endif
