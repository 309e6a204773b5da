/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * IceWarningFlags of a quality report ([MS-QoE] 2.2.1.7.1). The numbers are not
 * those of ICEWarn in a diagnostics header.
 */
#include "body_field.h"
#include "parts.h"

static int hf_flags = -1;
static int hf_failure = -1;

static int ett_flags = -1;

enum { DIRECT_UDP = 0x4000 };

static const struct {
    uint32_t flag;
    const char *words;
} failures[] = {
    { 0x10, "The media relay could not be reached" },
    { 0x20, "The media relay refused the shared secret" },
    { 0x40, "The media relay gave no UDP port" },
    { 0x200, "The media relay gave no TCP port" },
    { DIRECT_UDP, "The direct UDP path failed" },
    { 0x8000, "The UDP path through NAT failed" },
    { 0x10000, "The UDP path through the media relay failed" },
    { 0x40000, "The TCP path through NAT failed" },
    { 0x80000, "The TCP path through the media relay failed" },
    { 0x100000, "A connectivity check failed its integrity check" },
    { 0x200000, "The answer to a connectivity check failed its integrity check" },
};

/** True if the report says of both ends of the media line that they are inside the company's network. */
static bool is_inside(const sf_document *document, unsigned index)
{
    bool local = false, remote = false;

    for (unsigned i = index; i < document->count && document->facts[i].id != SF_FACT_QUALITY_LINE; i++) {
        const sf_fact *fact = &document->facts[i];
        local |= fact->id == SF_FACT_QUALITY_LOCAL_INSIDE && sf_fact_is_true(fact);
        remote |= fact->id == SF_FACT_QUALITY_REMOTE_INSIDE && sf_fact_is_true(fact);
    }
    return local && remote;
}

void sf_body_ice_show(const sf_view *view, proto_tree *tree, const sf_document *document, unsigned index)
{
    static const char blocked[] = "The direct UDP path failed, although both ends are inside the company's network: a "
                                  "firewall between them may block it";
    const sf_fact *fact = &document->facts[index];
    uint64_t flags;

    if (!sf_fact_number(fact, UINT32_MAX, &flags)) {
        return;
    }
    proto_item *item = sf_view_integer(view, tree, hf_flags, fact->text, flags);
    proto_tree *below = proto_item_add_subtree(item, ett_flags);
    for (size_t i = 0; i < G_N_ELEMENTS(failures); i++) {
        if (flags & failures[i].flag) {
            bool is_blocked = failures[i].flag == DIRECT_UDP && is_inside(document, index);
            sf_derived(sf_view_words(view, below, hf_failure, fact->text, is_blocked ? blocked : failures[i].words));
        }
    }
}

void sf_body_ice_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_flags,
          { "ICE warnings", "skypefed.quality.ice_warning", FT_UINT32, BASE_DEC_HEX, NULL, 0,
            "IceWarningFlags: other numbers than those of ICEWarn", HFILL } },
        { &hf_failure,
          { "ICE failure", "skypefed.quality.ice_failure", FT_STRING, BASE_NONE, NULL, 0, "A flag of it, in words",
            HFILL } },
    };
    static int *ett[] = { &ett_flags };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
}
