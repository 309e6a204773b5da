/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A table that grows by blocks, so that it is never copied and never has more
 * than one block to spare.
 */
#include "shown.h"

enum { BLOCK_BITS = 9, BLOCK_ROWS = 1 << BLOCK_BITS };

static sf_shown **blocks;
static unsigned block_room;
static unsigned count;

static void empty(void)
{
    blocks = NULL;
    block_room = 0;
    count = 0;
}

static sf_shown *row_at(unsigned index)
{
    return &blocks[index >> BLOCK_BITS][index & (BLOCK_ROWS - 1)];
}

void sf_shown_add(const sf_shown *row)
{
    unsigned block = count >> BLOCK_BITS;

    if (block == block_room) {
        block_room = MAX(16, block_room * 2);
        blocks = (sf_shown **)wmem_realloc(wmem_file_scope(), blocks, block_room * sizeof *blocks);
    }
    if ((count & (BLOCK_ROWS - 1)) == 0) {
        blocks[block] = wmem_alloc_array(wmem_file_scope(), sf_shown, BLOCK_ROWS);
    }
    *row_at(count++) = *row;
}

unsigned sf_shown_first(uint32_t frame)
{
    unsigned begin = 0, end = count;

    while (begin < end) {
        unsigned middle = begin + (end - begin) / 2;
        if (row_at(middle)->frame < frame) {
            begin = middle + 1;
        } else {
            end = middle;
        }
    }
    return begin;
}

const sf_shown *sf_shown_at(unsigned index, uint32_t frame)
{
    const sf_shown *row = index < count ? row_at(index) : NULL;

    return row && row->frame == frame ? row : NULL;
}

void sf_shown_register(void)
{
    register_init_routine(empty);
    register_cleanup_routine(empty);
}
