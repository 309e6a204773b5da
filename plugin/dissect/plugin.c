/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What Wireshark looks for in the shared object.
 */
/* Windows exports from the library what is declared WS_DLL_PUBLIC, if this is set before any header of Wireshark. */
#define WS_BUILD_DLL
#include <ws_symbol_export.h>

#include "dissect/view/compat.h"
#include "skypefed.h"

#include <wireshark.h>

WS_DLL_PUBLIC_DEF const char plugin_version[] = PLUGIN_VERSION;
WS_DLL_PUBLIC_DEF const int plugin_want_major = WIRESHARK_VERSION_MAJOR;
WS_DLL_PUBLIC_DEF const int plugin_want_minor = WIRESHARK_VERSION_MINOR;

WS_DLL_PUBLIC void plugin_register(void);

void plugin_register(void)
{
    static proto_plugin plugin = {
        .register_protoinfo = proto_register_skypefed,
        .register_handoff = proto_reg_handoff_skypefed,
    };

    proto_register_plugin(&plugin);
}

#ifdef SF_HAVE_PLUGIN_DESCRIBE
WS_DLL_PUBLIC uint32_t plugin_describe(void);

uint32_t plugin_describe(void)
{
    return WS_PLUGIN_DESC_DISSECTOR;
}
#endif
