/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A plugin that registers the name of the SIP dissector's hook for itself, as
 * another one might.
 */
#include "dissect/view/compat.h"

#include <wireshark.h>

WS_DLL_PUBLIC_DEF const char plugin_version[] = "1.0";
WS_DLL_PUBLIC_DEF const int plugin_want_major = WIRESHARK_VERSION_MAJOR;
WS_DLL_PUBLIC_DEF const int plugin_want_minor = WIRESHARK_VERSION_MINOR;

WS_DLL_PUBLIC void plugin_register(void);

static int take(tvbuff_t *tvb, packet_info *pinfo _U_, proto_tree *tree _U_, void *data _U_)
{
    return (int)tvb_reported_length(tvb);
}

static void register_hook(void)
{
    int proto = proto_register_protocol("Rival of SkypeFed", "Rival", "rival");

    register_dissector("sip.uri_userinfo", take, proto);
}

void plugin_register(void)
{
    static proto_plugin plugin = { .register_protoinfo = register_hook };

    proto_register_plugin(&plugin);
}

#ifdef SF_HAVE_PLUGIN_DESCRIBE
WS_DLL_PUBLIC uint32_t plugin_describe(void);

uint32_t plugin_describe(void)
{
    return WS_PLUGIN_DESC_DISSECTOR;
}
#endif
