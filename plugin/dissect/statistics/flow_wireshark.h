/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What Wireshark exports for its flow graphs and installs no header for (epan/sequence_analysis.h): the functions, and
 * the beginnings of two structures, as far as we use them.
 *
 * Wireshark makes and frees both structures, so that their sizes do not matter here. Where the layouts come from: the
 * source of 4.0.17, and for 4.4.19 and 4.6.9 the code of the functions in libwireshark that write and read the members.
 * 4.2 is taken to be as 4.0. sf_flow_is_as_declared() finds out, before any use, whether the Wireshark that runs has
 * them so.
 */
#ifndef SF_DISSECT_STATISTICS_FLOW_WIRESHARK_H
#define SF_DISSECT_STATISTICS_FLOW_WIRESHARK_H

#include "dissect/view/compat.h"

#include <epan/address.h>
#include <epan/tap.h>

/** An arrow (seq_analysis_item_t). Its texts belong to GLib, its addresses to Wireshark's allocator. */
typedef struct {
    uint32_t frame_number;
    address from;
    uint16_t from_port;
    address to;
    uint16_t to_port;
    char *label;
    char *time;
    char *comment;
    uint16_t conversation;
    unsigned foreground, background;
    sf_flow_bool is_colored;
    sf_flow_bool is_displayed;
    unsigned from_node, to_node; /**< indices that Wireshark gives the participants */
} sf_arrow;

/** All arrows (seq_analysis_info_t). */
typedef struct {
    const char *name;
    sf_flow_bool with_any_address;
    int conversation_count;
    GQueue *items;
    GHashTable *by_key;
} sf_chart;

struct _seq_analysis_info;
struct _seq_analysis_item;

void register_seq_analysis(const char *name, const char *ui_name, int proto_id, const char *tap_listener,
                           unsigned tap_flags, tap_packet_cb tap_func);
struct _seq_analysis_item *sequence_analysis_create_sai_with_addresses(packet_info *pinfo,
                                                                       struct _seq_analysis_info *flow);
void sequence_analysis_use_color_filter(packet_info *pinfo, struct _seq_analysis_item *item);
struct _seq_analysis_info *sequence_analysis_info_new(void);
void sequence_analysis_info_free(struct _seq_analysis_info *flow);
int sequence_analysis_get_nodes(struct _seq_analysis_info *flow);
void sequence_analysis_free_nodes(struct _seq_analysis_info *flow);

/**
 * True if the structures of the Wireshark that runs are as declared above: it is given items of ours to number, and
 * must number those, and only those, that are displayed.
 */
bool sf_flow_is_as_declared(void);

#endif
