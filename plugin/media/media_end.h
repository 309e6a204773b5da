/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A transport address of media.
 */
#ifndef SF_MEDIA_MEDIA_END_H
#define SF_MEDIA_MEDIA_END_H

#include <stdint.h>

/** No bytes but these, so that it can be hashed. */
typedef struct {
    uint8_t address[16]; /**< network order; an IPv4 address is in the first four */
    uint16_t port;
    uint16_t family; /**< sf_address_family; SF_ADDRESS_NONE if it is not known */
} sf_media_end;

#endif
