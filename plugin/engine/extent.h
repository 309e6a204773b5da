/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How much of a message is worth its time.
 */
#ifndef SF_ENGINE_EXTENT_H
#define SF_ENGINE_EXTENT_H

typedef enum {
    SF_READ_ALL,
    /** What its call is judged by: no candidates, nothing decoded of signatures, and of what marks a message as
     * Microsoft's only as much as does. Faults of what is left out, and text that is none, are not noted. */
    SF_READ_FOR_CALL
} sf_extent;

#endif
