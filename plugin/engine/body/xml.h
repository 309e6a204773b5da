/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * XML of a body, element by element. GLib's GMarkup decides what is well
 * formed; names and values are slices of the body, so that a fact has its bytes.
 */
#ifndef SF_ENGINE_BODY_XML_H
#define SF_ENGINE_BODY_XML_H

#include "engine/text/slice.h"

#define SF_MAX_XML_BYTES (512 * 1024) /* of one body: a quality report may have 300 kB ([MS-QOE] 3.2) */
#define SF_MAX_XML_ELEMENTS 16384
#define SF_MAX_XML_DEPTH 32

/** An element that begins, or one whose text is given. Names are without their prefix. */
typedef struct {
    sf_slice name;
    sf_slice parent; /**< absent for the root */
    unsigned depth;  /**< 1 for the root */
    sf_slice tag;    /**< the start tag, with its brackets; at the end of a cut body without the last */
} sf_xml_element;

/** What is called on the way through a body, in the order of its bytes. The first three are required. */
typedef struct {
    void (*open)(void *context, const sf_xml_element *element);
    /** @param text  trimmed and not empty; a piece of it where a comment is in between, escapes not undone */
    void (*text)(void *context, const sf_xml_element *element, sf_slice text);
    void (*close)(void *context, const sf_xml_element *element);
    /** Asked after each tag: true to read no further. NULL: all is read. */
    bool (*is_over)(void *context);
} sf_xml_visitor;

typedef enum {
    SF_XML_READ,
    SF_XML_MALFORMED, /**< what precedes the fault was given to the visitor */
    SF_XML_TOO_LARGE  /**< the same up to one of the limits above */
} sf_xml_status;

/**
 * Reads a body. No entity but the five of XML is known, and a DOCTYPE is passed over.
 * Other than the rest of the engine this allocates: GMarkup keeps the names of the open elements and its own copy of a
 * piece of text. Both are bounded by the limits above and released before the function returns.
 * @param rest  where reading ended; empty after SF_XML_READ unless the visitor stopped it
 */
sf_xml_status sf_xml_read(sf_slice text, const sf_xml_visitor *visitor, void *context, sf_slice *rest);

/**
 * Iterates over the attributes of a start tag; namespace declarations are left out.
 * @param tag    set to sf_xml_element.tag before the first call; reduced by each
 * @param name   without its prefix
 * @param value  without its quotes, escapes not undone
 * @return false at the end
 */
bool sf_xml_attribute_next(sf_slice *tag, sf_slice *name, sf_slice *value);

/**
 * Undoes `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&apos;`, `&#65;` and `&#x41;`. What is none of them is kept as it is.
 * @param out  room for text.length bytes
 * @return bytes written
 */
size_t sf_xml_unescape(sf_slice text, char *out);

#endif
