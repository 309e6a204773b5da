/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Numbers from bytes in either order.
 */
#ifndef SF_ENGINE_TEXT_BYTES_H
#define SF_ENGINE_TEXT_BYTES_H

#include <stddef.h>
#include <stdint.h>

/** The number in `count` bytes, at most 8, the least significant first. */
static inline uint64_t sf_little_endian(const uint8_t *bytes, size_t count)
{
    uint64_t number = 0;

    while (count > 0) {
        number = number << 8 | bytes[--count];
    }
    return number;
}

/** The number in two bytes, the more significant first. Needs no loop: for what each packet of media asks. */
static inline uint16_t sf_big_endian_16(const uint8_t *bytes)
{
    return (uint16_t)(bytes[0] << 8 | bytes[1]);
}

/** The number in four bytes, the most significant first. Needs no loop. */
static inline uint32_t sf_big_endian_32(const uint8_t *bytes)
{
    return (uint32_t)sf_big_endian_16(bytes) << 16 | sf_big_endian_16(bytes + 2);
}

/** The number in `count` bytes, at most 8, the most significant first. */
static inline uint64_t sf_big_endian(const uint8_t *bytes, size_t count)
{
    uint64_t number = 0;

    for (size_t i = 0; i < count; i++) {
        number = number << 8 | bytes[i];
    }
    return number;
}

#endif
