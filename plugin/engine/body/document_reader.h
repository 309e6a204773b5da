/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A body being read: what document.c and document_lines.c share. Private to them.
 */
#ifndef SF_ENGINE_BODY_DOCUMENT_READER_H
#define SF_ENGINE_BODY_DOCUMENT_READER_H

#include "document.h"

/** Appends a fact, if there is room. */
void sf_document_append(sf_document *document, sf_fact_id id, unsigned level, sf_slice name, sf_slice text);

/** Reads a body that is lines of text: RFC 6035 and text/x-msmsgsinvite. */
void sf_document_read_lines(sf_document *document);

#endif
