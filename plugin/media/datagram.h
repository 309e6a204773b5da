/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A UDP datagram.
 */
#ifndef SF_MEDIA_DATAGRAM_H
#define SF_MEDIA_DATAGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "media_end.h"

typedef struct {
    sf_media_end from;
    sf_media_end to;
    const uint8_t *bytes; /**< its payload */
    size_t length;        /**< as far as it was captured */
    bool is_cut;          /**< it was not captured as a whole */
    bool is_carried;      /**< between a client and its relay: what is an end of its own there is not known */
    uint32_t frame;
    int64_t time; /**< microseconds since 1970 */
} sf_datagram;

#endif
