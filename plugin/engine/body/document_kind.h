/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a body in a media type of Microsoft's SIP is for.
 */
#ifndef SF_ENGINE_BODY_DOCUMENT_KIND_H
#define SF_ENGINE_BODY_DOCUMENT_KIND_H

#include "engine/text/slice.h"

/** Bodies whose facts are read alike. */
typedef enum {
    SF_DOCUMENT_OTHER, /**< named, and nothing else */
    SF_DOCUMENT_QUALITY,
    SF_DOCUMENT_QUALITY_LINES, /**< RFC 6035 */
    SF_DOCUMENT_FEEDBACK,
    SF_DOCUMENT_ERROR_REPORT,
    SF_DOCUMENT_CONFERENCE_COMMAND,
    SF_DOCUMENT_CONFERENCE_STATE,
    SF_DOCUMENT_PRESENCE,
    SF_DOCUMENT_MESSAGING,
    SF_DOCUMENT_FILE_TRANSFER,
    SF_DOCUMENT_RELAY_CREDENTIALS,
    SF_DOCUMENT_PROVISIONING,
    SF_DOCUMENT_INVITATION, /**< lines of text/x-msmsgsinvite */
    SF_DOCUMENT_KINDS
} sf_document_kind;

typedef struct {
    sf_slice type; /**< media type, in lower case */
    sf_document_kind kind;
    bool is_xml;
    bool is_microsoft; /**< nobody else uses the type: it is a mark */
    const char *name;  /**< what the body is, for a reader who does not know the type */
} sf_document_type;

/** The row of a media type, in any case and without its parameters; NULL if it is none of these. */
const sf_document_type *sf_document_type_of(sf_slice media_type);

/** Row `index` of the table, or NULL after the last one. */
const sf_document_type *sf_document_type_at(unsigned index);

#endif
