/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Preferences, and the table of public IM providers that the user can edit.
 */
#include "preferences.h"

#include "compat.h"
#include "networks.h"
#include "places.h"

#include <epan/prefs.h>
#include <epan/uat-int.h>
#include <epan/uat.h>
#include <wsutil/filesystem.h>

#include "engine/text/token.h"

#define PROVIDERS_FILE "skypefed_providers"

/** A row of the table, as Wireshark edits it. */
typedef struct {
    char *domain;
    char *edge;
    unsigned network;
} provider_row;

static const char *own_domains_text = "";
static sf_pref_bool check_all_calls = false;
static sf_pref_bool show_keys = true;
static sf_pref_bool info_column = true;
static sf_pref_bool media = true;
static sf_pref_bool xml_bodies = true;
static sf_pref_bool show_messages = false;

static uat_t *provider_table;
static provider_row *provider_rows;
static unsigned provider_row_count;

static sf_knowledge knowledge;

UAT_CSTRING_CB_DEF(providers, domain, provider_row)
UAT_CSTRING_CB_DEF(providers, edge, provider_row)
UAT_VS_DEF(providers, network, provider_row, unsigned, SF_NETWORK_SKYPE, "Skype or Microsoft account")

static void *copy_row(void *to, const void *from, size_t size _U_)
{
    const provider_row *source = from;
    provider_row *copy = to;

    copy->domain = g_strdup(source->domain);
    copy->edge = g_strdup(source->edge);
    copy->network = source->network;
    return copy;
}

static void free_row(void *record)
{
    provider_row *row = record;

    g_free(row->domain);
    g_free(row->edge);
}

/** The built-in providers become rows of a table that the user has never saved, there to be edited. */
static void add_default_rows(void)
{
    for (unsigned i = 0; i < sf_default_provider_count; i++) {
        const sf_provider *provider = &sf_default_providers[i];
        provider_row row = {
            .domain = g_strndup(provider->domain.text, provider->domain.length),
            .edge = g_strndup(provider->edge.text, provider->edge.length),
            .network = provider->network,
        };
        uat_add_record(provider_table, &row, true);
        free_row(&row);
    }
}

static bool table_was_saved(void)
{
    char *path = get_persconffile_path(PROVIDERS_FILE, true);
    bool exists = g_file_test(path, G_FILE_TEST_EXISTS);

    g_free(path);
    return exists;
}

static sf_slice slice_of(const char *text)
{
    return (sf_slice){ text, text ? strlen(text) : 0 };
}

/** A domain as people also write it, `@example.com`, `.example.com` or `*.example.com`, without what leads it. */
static sf_slice bare_domain(sf_slice domain)
{
    domain = sf_slice_trim(domain);
    while (domain.length > 0 && strchr("@*.", domain.text[0])) {
        domain = sf_slice_skip(domain, 1);
    }
    return domain;
}

static void take_providers(void)
{
    if (provider_row_count == 0 && !table_was_saved()) {
        add_default_rows();
    }
    sf_provider *providers = g_new0(sf_provider, provider_row_count);
    for (unsigned i = 0; i < provider_row_count; i++) {
        providers[i].domain = bare_domain(slice_of(provider_rows[i].domain));
        providers[i].edge = sf_slice_trim(slice_of(provider_rows[i].edge));
        providers[i].network = (sf_network)provider_rows[i].network;
    }
    g_free((void *)knowledge.providers);
    knowledge.providers = providers;
    knowledge.provider_count = provider_row_count;
}

/** Domains stand between blanks, commas or semicolons. */
static void take_own_domains(void)
{
    static char *copy;
    GArray *domains = g_array_new(false, false, sizeof(sf_slice));

    g_free(copy);
    copy = g_strdelimit(g_strdup(own_domains_text), ",;", ' ');
    sf_cursor cursor = sf_cursor_over(slice_of(copy));
    sf_slice domain;
    while (sf_word_next(&cursor, &domain)) {
        domain = bare_domain(domain);
        if (domain.length > 0) {
            g_array_append_val(domains, domain);
        }
    }
    g_free((void *)knowledge.own_domains);
    knowledge.own_domain_count = domains->len;
    knowledge.own_domains = (const sf_slice *)(void *)g_array_free(domains, false);
}

void sf_preferences_register(int proto)
{
    static uat_field_t provider_fields[] = {
        UAT_FLD_CSTRING(providers, domain, "Domain", "Domain of the provider's addresses, such as msn.com"),
        UAT_FLD_CSTRING(providers, edge, "Edge host", "Host of the provider's Edge; may be empty"),
        UAT_FLD_VS(providers, network, "Network", sf_network_names, "Network that these addresses belong to"),
        UAT_END_FIELDS
    };
    module_t *module = prefs_register_protocol(proto, take_own_domains);

    provider_table = uat_new("Public IM Providers", sizeof(provider_row), PROVIDERS_FILE, true, &provider_rows,
                             &provider_row_count, UAT_AFFECTS_DISSECTION, NULL, copy_row, NULL, free_row,
                             take_providers, NULL, provider_fields);

    prefs_register_string_preference(
        module, "own_domains", "Own SIP domains",
        "SIP domains of your own enterprise, separated by spaces or commas. "
        "Addresses in these domains are shown as your own enterprise, not as a federated partner.",
        &own_domains_text);
    prefs_register_uat_preference(module, "providers", "Public IM providers",
                                  "Domains and Edge hosts of public IM providers, and the network each belongs to",
                                  provider_table);
    sf_places_register(module);
    prefs_register_bool_preference(module, "check_all_calls", "Show and check all SIP calls",
                                   "Show the messages of every SIP call and report unencrypted media in it, "
                                   "not only in calls of Microsoft products",
                                   &check_all_calls);
    prefs_register_bool_preference(module, "show_keys", "Show key material",
                                   "Show keys, salts and candidate passwords. "
                                   "When off, this protocol shows only their lengths; "
                                   "the SDP dissector's own fields and the packet bytes still contain them.",
                                   &show_keys);
    prefs_register_bool_preference(
        module, "info_column", "Add to the Info column",
        "Add to the Info column, after Wireshark's own text, "
        "why a message failed, what an answer agreed, and which network a message comes from or goes to",
        &info_column);
    prefs_register_bool_preference(module, "media", "Check RTP packets",
                                   "Compare the RTP packets of each call with what offer and answer agreed: "
                                   "sent in clear, or as SRTP authenticated with the agreed key",
                                   &media);
    prefs_register_bool_preference(module, "xml_bodies", "Show Microsoft's XML bodies as XML",
                                   "Show bodies in Microsoft's XML media types with Wireshark's XML dissector, "
                                   "and none that has a password or a key. "
                                   "When off, the SIP dissector shows their lines, with their secrets.",
                                   &xml_bodies);
    prefs_register_bool_preference(module, "show_messages", "Show instant messages",
                                   "Show what people write to each other, and the names of the files that they send. "
                                   "When off, this protocol shows only their lengths; "
                                   "the SIP dissector's own fields and the packet bytes still contain them.",
                                   &show_messages);
    take_own_domains();
}

const sf_knowledge *sf_preferences_knowledge(void)
{
    return &knowledge;
}

bool sf_preferences_check_all_calls(void)
{
    return check_all_calls;
}

bool sf_preferences_show_keys(void)
{
    return show_keys;
}

bool sf_preferences_media(void)
{
    return media;
}

bool sf_preferences_info_column(void)
{
    return info_column;
}

bool sf_preferences_xml_bodies(void)
{
    return xml_bodies;
}

bool sf_preferences_show_messages(void)
{
    return show_messages;
}
