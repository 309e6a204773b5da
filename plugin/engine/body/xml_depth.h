/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How deep XML is nested, for a reader that takes what is not well formed in
 * a way of its own.
 */
#ifndef SF_ENGINE_BODY_XML_DEPTH_H
#define SF_ENGINE_BODY_XML_DEPTH_H

#include "engine/text/slice.h"

/**
 * True if elements of a text may be nested deeper than a limit, whatever the reader takes for a tag. An end tag counts
 * as one only where no two readers can differ on what stands before it: from the first piece on that is not plain (a
 * bracket in quotes, a comment or a CDATA section; a DOCTYPE; a name that is not ASCII) all tags count as open.
 * Time is linear in the length of the text.
 */
bool sf_xml_may_be_deeper(sf_slice text, unsigned limit);

#endif
