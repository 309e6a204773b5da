/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Listing data sources.
 */
#include "data_sources.h"

void sf_data_sources_list(sf_data_sources *sources, const packet_info *pinfo)
{
    if (sources->rows) {
        return;
    }
    sources->rows = wmem_alloc_array(pinfo->pool, sf_data_source, g_slist_length(pinfo->data_src));
    for (const GSList *link = pinfo->data_src; link; link = link->next) {
        tvbuff_t *tvb = get_data_source_tvb((const struct data_source *)link->data);
        sources->rows[sources->count++] = (sf_data_source){ tvb, sf_bytes_from(tvb, 0) };
    }
}

unsigned sf_data_sources_place(sf_data_sources *sources, const tvbuff_t *tvb)
{
    for (unsigned i = 0; i < sources->count; i++) {
        unsigned at = (sources->last + i) % sources->count;
        if (sources->rows[at].tvb == tvb) {
            sources->last = at;
            break;
        }
    }
    return sources->last;
}
