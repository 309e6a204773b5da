/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Whether Wireshark's structures of flow graphs are as we declare them.
 */
#include "flow_wireshark.h"

/* Larger than an item of any version: what Wireshark writes behind our members stays inside. */
enum { ROOM_FOR_ITEM = 512 };

static sf_arrow *make_item(uint32_t from, uint32_t to, bool is_displayed)
{
    sf_arrow *item = g_malloc0(ROOM_FOR_ITEM);

    alloc_address_wmem(NULL, &item->from, AT_IPv4, sizeof from, &from);
    alloc_address_wmem(NULL, &item->to, AT_IPv4, sizeof to, &to);
    item->is_displayed = is_displayed;
    return item;
}

static void free_item(void *data)
{
    sf_arrow *item = data;

    free_address(&item->from);
    free_address(&item->to);
    g_free(item);
}

/** An empty queue where we expect one: the hash table that could be there instead would not look so. */
static bool is_new(const sf_chart *chart)
{
    return !chart->name && !chart->with_any_address && chart->conversation_count == 0 && chart->items &&
           chart->by_key && !chart->items->head && !chart->items->tail && chart->items->length == 0;
}

/** Has Wireshark number the participants of three arrows, the second of which is not displayed. */
static bool is_numbered_right(struct _seq_analysis_info *made)
{
    enum { FIRST = 1, SECOND = 2, UNSEEN = 3, THIRD = 4 };
    sf_chart *chart = (void *)made;
    sf_arrow *items[] = { make_item(FIRST, SECOND, true), make_item(UNSEEN, FIRST, false),
                          make_item(THIRD, FIRST, true) };

    for (size_t i = 0; i < G_N_ELEMENTS(items); i++) {
        g_queue_push_tail(chart->items, items[i]);
    }
    bool is_right = sequence_analysis_get_nodes(made) == 2 && items[0]->from_node == 0 && items[0]->to_node == 1 &&
                    items[1]->from_node == 0 && items[1]->to_node == 0 && items[2]->from_node == 2 &&
                    items[2]->to_node == 0;
    sequence_analysis_free_nodes(made);
    g_queue_clear(chart->items);
    for (size_t i = 0; i < G_N_ELEMENTS(items); i++) {
        free_item(items[i]);
    }
    return is_right;
}

bool sf_flow_is_as_declared(void)
{
    struct _seq_analysis_info *made = sequence_analysis_info_new();
    bool is_right = made && is_new((const void *)made) && is_numbered_right(made);

    sequence_analysis_info_free(made);
    return is_right;
}
