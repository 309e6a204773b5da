/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Expert infos about codes, each code a group of its own.
 *
 * Wireshark's window groups expert infos by the field that they were registered with, and shows its name: one field for
 * all codes would put all of them under one heading that says nothing. A field for each code that we know would be
 * hundreds of the same filter name, which every filter of that name would look up in each frame. So there are a few:
 * each takes the code that comes first, with its words for a name, until the capture is closed. Codes beyond them share
 * the field of the rest.
 */
#ifndef SF_DISSECT_VIEW_CODED_EXPERT_H
#define SF_DISSECT_VIEW_CODED_EXPERT_H

#include "view.h"

/** Codes of one severity with a heading of their own, and the field of the rest. */
enum { SF_CODED_FIELDS = 17, SF_CODED_NAME = 128 };

/** Expert infos of one filter name and severity. Filled by sf_coded_expert_register(). */
typedef struct sf_coded_expert {
    struct sf_coded_expert *next; /**< of all that are registered */
    unsigned used;                /**< fields that have a code; the first is that of the rest */
    const char *rest;
    char names[SF_CODED_FIELDS][SF_CODED_NAME];
    expert_field fields[SF_CODED_FIELDS];
    ei_register_info rows[SF_CODED_FIELDS];
} sf_coded_expert;

/**
 * Registers the fields. Which code has which is forgotten with the capture.
 * @param coded     zeros; lives as long as the program
 * @param name      filter name, literal
 * @param group     PI_RESPONSE_CODE, ...
 * @param severity  PI_WARN, ...
 * @param rest      heading of what has none of its own, literal
 */
void sf_coded_expert_register(expert_module_t *expert, sf_coded_expert *coded, const char *name, int group,
                              int severity, const char *rest);

/**
 * Adds an expert info.
 * @param heading  the code and what it means in a few words: the same for all that belong together
 * @param text     the expert info itself
 */
void sf_coded_expert_add(const sf_view *view, proto_item *item, sf_coded_expert *coded, const char *heading,
                         const char *text);

#endif
