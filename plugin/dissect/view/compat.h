/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The differences between Wireshark 4.0, 4.2, 4.4 and 4.6, in one place.
 * Everything else in this folder compiles unchanged against all of them.
 */
#ifndef SF_DISSECT_VIEW_COMPAT_H
#define SF_DISSECT_VIEW_COMPAT_H

#include <epan/packet.h>
#include <ws_version.h>
#include <wsutil/str_util.h>

#define SF_WIRESHARK_AT_LEAST(major, minor) \
    (WIRESHARK_VERSION_MAJOR > (major) || (WIRESHARK_VERSION_MAJOR == (major) && WIRESHARK_VERSION_MINOR >= (minor)))

/*
 * The SIP dissector of these versions calls the dissector sip.uri_userinfo (find/hooks.h). One of a later version may
 * do so as well; find out before you raise the limit: tests/tshark/test_finding.py fails if it does not.
 */
#define SF_SIP_HAS_HOOKS (!SF_WIRESHARK_AT_LEAST(4, 7))

/* 4.4 asks every plugin what it is. The header is not installed before, what it declares is there. */
#if SF_WIRESHARK_AT_LEAST(4, 4)
#include <wsutil/plugins.h>
#define SF_HAVE_PLUGIN_DESCRIBE
typedef uint32_t sf_plugin_types;
#else
typedef const char *sf_plugin_types;
void plugins_get_descriptions(void (*each)(const char *name, const char *version, sf_plugin_types types,
                                           const char *file_name, void *data),
                              void *data);
#endif

/* 4.4 moved from GLib's gboolean to bool in callbacks and structures. */
#if SF_WIRESHARK_AT_LEAST(4, 4)
typedef bool sf_pref_bool;
#else
typedef gboolean sf_pref_bool;
#endif

/* In what checks a row of a table it did so before. */
#if SF_WIRESHARK_AT_LEAST(4, 2)
typedef bool sf_row_bool;
#else
typedef gboolean sf_row_bool;
#endif

/* So it did in the structures of flow graphs (statistics/flow_wireshark.h). */
#if SF_WIRESHARK_AT_LEAST(4, 4)
typedef bool sf_flow_bool;
#else
typedef gboolean sf_flow_bool;
#endif

/* 4.4 renamed the menu groups of statistics. */
#if SF_WIRESHARK_AT_LEAST(4, 4)
#define SF_TELEPHONY_GROUP REGISTER_TELEPHONY_GROUP_UNSORTED
#else
#define SF_TELEPHONY_GROUP REGISTER_STAT_GROUP_TELEPHONY
#endif

/* 4.2 passes data of the caller's to the callbacks of a conversation filter; they return bool from 4.4 on. */
#if SF_WIRESHARK_AT_LEAST(4, 4)
typedef bool sf_filter_valid;
#else
typedef gboolean sf_filter_valid;
#endif
#if SF_WIRESHARK_AT_LEAST(4, 2)
#define SF_FILTER_DATA , void *data _U_
#define SF_REGISTER_CONVERSATION_FILTER(...) register_conversation_filter(__VA_ARGS__, NULL)
#else
#define SF_FILTER_DATA
#define SF_REGISTER_CONVERSATION_FILTER(...) register_conversation_filter(__VA_ARGS__)
#endif

/* From 4.6 on a statistic on the command line says whether it could begin. */
#if SF_WIRESHARK_AT_LEAST(4, 6)
typedef bool sf_stat_begun;
#define SF_STAT_BEGUN(begun) return (begun)
#else
typedef void sf_stat_begun;
#define SF_STAT_BEGUN(begun) ((void)(begun))
#endif

/* 4.2 asks for the number of channels; which one it is says nothing to us. */
#if SF_WIRESHARK_AT_LEAST(4, 2)
#define sf_insert_codec(codecs, type, name, rate) rtp_dyn_payload_insert(codecs, type, name, rate, 1)
#else
#define sf_insert_codec(codecs, type, name, rate) rtp_dyn_payload_insert(codecs, type, name, rate)
#endif

#endif
