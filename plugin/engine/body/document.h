/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The facts of a body: what a table of its kind names, as slices in the order
 * of the body. Groups (a stream of a report, a user of a conference) come
 * before what is in them.
 */
#ifndef SF_ENGINE_BODY_DOCUMENT_H
#define SF_ENGINE_BODY_DOCUMENT_H

#include "document_kind.h"
#include "fact.h"
#include "xml.h"

#define SF_MAX_DOCUMENT_FACTS 1024
#define SF_MAX_FACT_LEVELS 8

typedef struct {
    sf_fact_id id;
    uint8_t level; /**< how many groups it is in */
    sf_slice name; /**< of its element, attribute or parameter, without a prefix */
    sf_slice text; /**< its value as written, escapes included; of a group without one, its name */
} sf_fact;

typedef struct {
    const sf_document_type *type;
    sf_slice text;
    sf_slice root; /**< name of the root element; absent if there is none */
    sf_xml_status status;
    sf_slice rest; /**< where reading ended, if not at the end */
    bool has_key;  /**< a media key is in it: nothing was read */
    bool is_full;  /**< there are more facts than SF_MAX_DOCUMENT_FACTS */
    unsigned count;
    sf_fact facts[SF_MAX_DOCUMENT_FACTS];
} sf_document;

/** Looks at what was read of a body so far, whenever there is more of it. @return true if that is all that is wanted of it */
typedef bool sf_document_enough(const sf_document *document);

/** As sf_document_read(), but no further than to what is wanted: of XML, to the end of a tag. */
void sf_document_read_until(sf_slice text, const sf_document_type *type, sf_document_enough *is_enough,
                            sf_document *document);

/** Reads a body. @param type  not NULL; @param document  filled from scratch; large: keep one and use it again */
void sf_document_read(sf_slice text, const sf_document_type *type, sf_document *document);

/** The first fact of that kind, or NULL. */
const sf_fact *sf_document_find(const sf_document *document, sf_fact_id id);

/** Index after the last fact of the group that fact `index` is; index + 1 if it is none. */
unsigned sf_document_group_end(const sf_document *document, unsigned index);

/**
 * Reads a number as XML Schema writes it, with sign and exponent, in the C locale.
 * @return false for anything else; value is set otherwise
 */
bool sf_fact_real(const sf_fact *fact, double *value);

/** Reads a number without sign and fraction. @return false for anything else, or one above max */
bool sf_fact_number(const sf_fact *fact, uint64_t max, uint64_t *value);

/** True for `true` and `1`. */
bool sf_fact_is_true(const sf_fact *fact);

#endif
