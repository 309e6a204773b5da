/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How much of a message is worth its time.
 */
#ifndef SF_ENGINE_TEXT_EXTENT_H
#define SF_ENGINE_TEXT_EXTENT_H

#include <stdbool.h>

typedef enum {
    SF_READ_ALL,
    /** Only what the judgment of its call needs: no signaling path, no candidates, no decoded signatures, and of the
     * marks of a Microsoft message no more than prove that it is one. Faults in what is left out are not noted. */
    SF_READ_FOR_CALL
} sf_extent;

/** What a header or an attribute is good for, which decides whether it is read. */
typedef enum {
    SF_FOR_CALL,  /**< always read */
    SF_FOR_MARK,  /**< for the call, only where there may be a mark, until the message is known as Microsoft's */
    SF_FOR_DETAIL /**< not for the call */
} sf_purpose;

/**
 * True if what serves that purpose is to be read.
 * @param is_settled  the message is known as Microsoft's, or there is no mark in what is to be read
 */
static inline bool sf_extent_wants(sf_extent extent, sf_purpose purpose, bool is_settled)
{
    return extent == SF_READ_ALL || purpose == SF_FOR_CALL || (purpose == SF_FOR_MARK && !is_settled);
}

#endif
