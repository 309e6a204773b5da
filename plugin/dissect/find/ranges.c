/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Finding SIP messages, and finding them again.
 */
#include "ranges.h"

static int sip_id = -1;

void sf_ranges_register(dissector_handle_t handle)
{
    GArray *wanted = g_array_sized_new(false, false, sizeof(int), 1);

    sip_id = proto_registrar_get_id_byname("sip");
    g_array_append_val(wanted, sip_id);
    set_postdissector_wanted_hfids(handle, wanted);
}

/** Where the message at `start` ends at the latest: where the next one in the same data source begins. */
static unsigned end_of(const GPtrArray *found, tvbuff_t *tvb, unsigned start, unsigned end)
{
    for (unsigned i = 0; i < found->len; i++) {
        const field_info *next = (const field_info *)g_ptr_array_index(found, i);
        if (next->ds_tvb == tvb && (unsigned)next->start > start && (unsigned)next->start < end) {
            end = (unsigned)next->start;
        }
    }
    return end;
}

const sf_located *sf_ranges_find(packet_info *pinfo, proto_tree *tree, unsigned *count)
{
    const GPtrArray *found = tree ? proto_get_finfo_ptr_array(tree, sip_id) : NULL;

    *count = 0;
    if (!found || found->len == 0) {
        return NULL;
    }
    sf_located *located = wmem_alloc_array(pinfo->pool, sf_located, found->len);
    for (unsigned i = 0; i < found->len; i++) {
        const field_info *item = (const field_info *)g_ptr_array_index(found, i);
        if (!item || !item->ds_tvb || item->start < 0 || item->length <= 0) {
            continue;
        }
        unsigned captured = tvb_captured_length(item->ds_tvb);
        unsigned start = (unsigned)item->start;
        if (start >= captured) {
            continue;
        }
        unsigned end = MIN(captured, start + (unsigned)item->length);
        located[(*count)++] = (sf_located){ item->ds_tvb, start,
                                            end_of(found, item->ds_tvb, start, end) - start };
    }
    return located;
}

/** Over the first bytes only: enough to tell messages apart, cheap on long ones. */
static uint32_t checksum(tvbuff_t *tvb, unsigned start, unsigned length)
{
    enum { CHECKED_BYTES = 64 };
    unsigned checked = MIN(length, CHECKED_BYTES);

    return wmem_strong_hash(tvb_get_ptr(tvb, (int)start, (int)checked), checked);
}

static unsigned source_of(const packet_info *pinfo, tvbuff_t *tvb)
{
    unsigned ordinal = 0;

    for (const GSList *source = pinfo->data_src; source; source = source->next, ordinal++) {
        if (get_data_source_tvb((const struct data_source *)source->data) == tvb) {
            return ordinal;
        }
    }
    return 0;
}

sf_range sf_range_of(packet_info *pinfo, const sf_located *located, unsigned length)
{
    return (sf_range){
        .source = source_of(pinfo, located->tvb),
        .start = located->start,
        .length = length,
        .checksum = checksum(located->tvb, located->start, length),
    };
}

static bool fits(tvbuff_t *tvb, const sf_range *range)
{
    unsigned captured = tvb ? tvb_captured_length(tvb) : 0;

    return range->start < captured && range->length <= captured - range->start &&
           checksum(tvb, range->start, range->length) == range->checksum;
}

bool sf_range_locate(const packet_info *pinfo, const sf_range *range, sf_located *located)
{
    const GSList *same = g_slist_nth((GSList *)pinfo->data_src, range->source);
    tvbuff_t *tvb = same ? get_data_source_tvb((const struct data_source *)same->data) : NULL;

    if (!fits(tvb, range)) {
        tvb = NULL;
        for (const GSList *source = pinfo->data_src; source && !tvb; source = source->next) {
            tvbuff_t *other = get_data_source_tvb((const struct data_source *)source->data);
            tvb = fits(other, range) ? other : NULL;
        }
    }
    *located = (sf_located){ tvb, range->start, range->length };
    return tvb != NULL;
}
