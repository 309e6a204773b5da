/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The differences between Wireshark 4.0, 4.2, 4.4 and 4.6, in one place.
 * Everything else in this folder compiles unchanged against all of them.
 */
#ifndef SF_DISSECT_COMPAT_H
#define SF_DISSECT_COMPAT_H

#include <epan/packet.h>
#include <ws_version.h>
#include <wsutil/str_util.h>

#define SF_WIRESHARK_AT_LEAST(major, minor)  \
    (WIRESHARK_VERSION_MAJOR > (major) ||    \
     (WIRESHARK_VERSION_MAJOR == (major) && WIRESHARK_VERSION_MINOR >= (minor)))

/* 4.4 asks every plugin what it is. */
#if SF_WIRESHARK_AT_LEAST(4, 4)
#include <wsutil/plugins.h>
#define SF_HAVE_PLUGIN_DESCRIBE
#endif

/* 4.4 moved from GLib's gboolean to bool in callbacks and structures. */
#if SF_WIRESHARK_AT_LEAST(4, 4)
typedef bool sf_pref_bool;
#else
typedef gboolean sf_pref_bool;
#endif

#endif
