/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The products that Microsoft's real-time stacks announce, and how to recognize them.
 *
 * Sources: [UADEF] UserAgentDef table of the CDR and QoE database schemas;
 * [CVP] client version policy rules (Lync Server documentation); [GRAPH] call
 * records of Microsoft Graph; [SPEC] examples in Microsoft's Open Specifications;
 * [T] public traces; [M] from memory. To add a product, add a row and a case to
 * tests/unit/test_product.c.
 */
#include "product.h"

#include "product_list.h"
#include "vendor.h"

#include <glib.h>

typedef struct {
    const char *version; /* the leading numbers */
    const char *name;
} release_row;

/** Server releases by the version of their RTC library. */
static const release_row releases[] = {
    { "3.0", "Office Communications Server 2007" },                              /* T */
    { "3.5", "Office Communications Server 2007 R2" },                           /* T */
    { "4.0", "Lync Server 2010" },                                               /* T */
    { "5.0", "Lync Server 2013" },                                               /* T */
    { "6.0", "Skype for Business Server 2015" },                                 /* T */
    { "7.0", "Skype for Business Server 2019, Subscription Edition or Online" }, /* T */
};

/** The UCMA library by the version of RTCC, with its generation. It runs in programs of others too, and is no server. */
static const release_row libraries[] = {
    { "3.5", "UCMA 2.0, of the OCS 2007 R2 generation" },             /* T */
    { "4.0", "UCMA 3.0, of the Lync 2010 generation" },               /* T, SPEC */
    { "5.0", "UCMA 4.0, of the Lync 2013 generation" },               /* T, SPEC */
    { "6.0", "UCMA 5.0, of the Skype for Business 2015 generation" }, /* SPEC */
    { "7.0", "UCMA 6.0, of the Skype for Business 2019 generation" }, /* by analogy */
};

/** pidgin-sipe adds the version of the server that it signed in to. */
static const release_row sipe_servers[] = {
    { "2.0", "signed in to Live Communications Server 2005" }, /* C */
    { "3.0", "signed in to OCS 2007" },                        /* T */
    { "3.5", "signed in to OCS 2007 R2" },                     /* T */
    { "4.0", "signed in to Lync Server 2010" },                /* T */
    { "5.0", "signed in to Lync Server 2013" },                /* T */
    { "6.0", "signed in to Skype for Business Server 2015" },  /* T */
    { "7.0", "signed in to Skype for Business Server 2019 or later, or Online" },
};

/** Exchange Unified Messaging announces the file version of its program. */
static const release_row exchange_releases[] = {
    { "14", "Exchange 2010 Unified Messaging" },              /* T */
    { "15.00", "Exchange 2013 Unified Messaging" },           /* build numbers */
    { "15.01", "Exchange 2016 or Online Unified Messaging" }, /* T */
};

/** Values that are no product list: a literal, then a version number. */
static const struct {
    const char *literal;
    const char *version; /* how that begins; NULL if any does */
    unsigned min_parts;  /* numbers that the version has at least */
    bool stands_alone;   /* nothing may follow */
    bool is_microsoft;
    const char *name;
} openings[] = {
    { "Microsoft.PSTNHub.SIPProxy v.", NULL, 2, false, true, "Teams Direct Routing SIP proxy" },    /* T */
    { "Microsoft.Teams.SIPSBA v.", NULL, 2, false, true, "Teams Survivable Branch Appliance" },     /* T */
    { "aTSC/", NULL, 2, true, true, "Windows Live Messenger" },                                     /* T */
    { "CSS-", NULL, 4, true, false, "Skype call service" },                                         /* T */
    { "ccs-", NULL, 3, true, false, "Skype call control service" },                                 /* T */
    { "SipGW ", NULL, 2, true, false, "Skype gateway to telephone providers" },                     /* T */
    { "Mediation Server", NULL, 0, true, false, "Mediation Server" },                               /* M */
    { "Windows RTC/", "1.2", 2, true, true, "Windows Messenger, or the RTC client of Windows XP" }, /* SPEC */
};

/** Applications on RTCC, the server-side library; the first row with a product of the value decides. */
static const struct {
    const char *product;
    const char *name;
} applications[] = {
    { "AndroidLync", "Lync or Skype for Business for Android" },                      /* GRAPH, UADEF */
    { "iPhoneLync", "Lync or Skype for Business for iPhone" },                        /* UADEF */
    { "iPadLync", "Lync or Skype for Business for iPad" },                            /* UADEF */
    { "WPLync", "Lync or Skype for Business for Windows Phone" },                     /* UADEF */
    { "NokiaLync", "Lync for Nokia phones" },                                         /* UADEF */
    { "LyncForMac", "Skype for Business for Mac" },                                   /* UCWA counters */
    { "LWA", "Lync or Skype for Business Web App" },                                  /* UADEF */
    { "OWA", "Outlook Web App" },                                                     /* UADEF */
    { "UCWA", "Web or mobile client using UCWA" },                                    /* GRAPH */
    { "MCXService", "Mobile client using the Mobility Service" },                     /* T */
    { "McxService", "Mobile client using the Mobility Service" },                     /* CVP */
    { "CWA", "Communicator Web Access" },                                             /* UADEF, CVP */
    { "CoMo", "Office Communicator Mobile" },                                         /* UADEF, CVP */
    { "MediationServer", "Mediation Server" },                                        /* T, UADEF */
    { "AV-MCU", "Audio/video conferencing server" },                                  /* UADEF */
    { "IMMCU", "Instant messaging conferencing server" },                             /* UADEF */
    { "applicationsharing", "Application sharing conferencing server" },              /* UADEF */
    { "Conferencing_Attendant_1.0", "Dial-in conferencing attendant" },               /* UADEF */
    { "Conference_Auto_Attendant_1.0", "Dial-in conferencing attendant" },            /* UADEF */
    { "Conferencing_Announcement_Service_1.0", "Conferencing announcement service" }, /* UADEF */
    { "Announcement_Service", "Announcement service" },                               /* UADEF */
    { "Response_Group_Service", "Response group service" },                           /* UADEF */
    { "Call_Park_Service_1.0", "Call park service" },                                 /* UADEF */
    { "InboundRouting", "Inbound routing" },                                          /* UADEF */
    { "ArchivingAgent", "Archiving agent" },                                          /* UADEF */
    { "LyncImm", "Lync app of the Windows Store" },                                   /* UADEF */
    { "ComoSvc", "Office Communicator Mobile" },                                      /* UADEF */
    { "GCC", "Group chat client" },                                                   /* UADEF */
    { "PCS", "Persistent chat server" },                                              /* UADEF */
    { "ST", "Synthetic transaction (Test-Cs cmdlet)" },                               /* UADEF */
    { "XmppTGW", "XMPP gateway" },                                                    /* UADEF */
    { "MSExchangeUM", "Exchange Unified Messaging" },                                 /* T, UADEF */
};

/**
 * All other stacks. The first row that fits decides, so the special ones come
 * first; NULL fits anything.
 */
typedef struct {
    const char *stack;       /* the first product of the value */
    const char *version;     /* the leading numbers of its version */
    const char *application; /* a later product */
    const char *comment;     /* how the comment begins */
    bool is_microsoft;
    const char *name;
} stack_rule;

static const stack_rule stack_rules[] = {
    { "RTCC", NULL, NULL, NULL, true, "Server application based on UCMA" },             /* SPEC, T */
    { "ExumRouting", NULL, NULL, NULL, true, "Routing to Exchange Unified Messaging" }, /* T */

    /* Phones. */
    { "CPE", "4", "OCPhone", NULL, true, "Lync Phone Edition" },                 /* CVP, phone report */
    { "CPE", NULL, "OCPhone", NULL, true, "Office Communicator Phone Edition" }, /* CVP */

    /* Desktop clients. One number belongs to several names, so the comment goes first. */
    { "UCCAPI", NULL, "AOC", NULL, true, "Lync 2010 Attendee" },                              /* CVP */
    { "UCCAPI", NULL, "LMC", NULL, true, "Office Live Meeting client" },                      /* CVP */
    { "UCCAPI", NULL, "Attendant", NULL, true, "Attendant console" },                         /* UADEF */
    { "UCCAPI", NULL, "GCC", NULL, true, "Group chat client" },                               /* UADEF */
    { "UCCAPI", NULL, NULL, "Microsoft Lync for Mac", true, "Lync for Mac" },                 /* M */
    { "UCCAPI", NULL, NULL, "Microsoft Communicator for Mac", true, "Communicator for Mac" }, /* M */
    { "UCCAPI", NULL, NULL, "Skype for Business", true, "Skype for Business client" },        /* T */
    { "UCCAPI", NULL, NULL, "Microsoft Lync 2010", true, "Lync 2010 client" },                /* T */
    { "UCCAPI", "15.0", NULL, "Microsoft Lync", true, "Lync 2013 client" },                   /* T */
    { "UCCAPI", NULL, NULL, "Microsoft Lync", true, "Lync client" },                          /* T */
    { "UCCAPI", "2.0", NULL, NULL, true, "Office Communicator 2007" },                        /* T */
    { "UCCAPI", "3.5", NULL, NULL, true, "Office Communicator 2007 R2" },                     /* T, SPEC */
    { "UCCAPI", "4.0", NULL, NULL, true, "Lync 2010 client" },                                /* T */
    { "UCCAPI", "15.0", NULL, NULL, true, "Lync 2013 or Skype for Business client" },         /* T */
    { "UCCAPI", "16.0", NULL, NULL, true, "Skype for Business 2016 or later client" },        /* M */
    { "UCCAPI", NULL, NULL, NULL, true, "Communicator, Lync or Skype for Business client" },

    /* Named, but no mark: the words are short or general, or another maker's. */
    { "MC", NULL, NULL, NULL, false, "Communicator or Lync for Mac" },                     /* UADEF */
    { "MM", NULL, NULL, NULL, false, "Communicator or Lync for Mac" },                     /* UADEF */
    { "DVT", NULL, NULL, NULL, false, "Deployment validation tool" },                      /* UADEF */
    { "UCCP", "2.0", NULL, NULL, false, "Office Communicator 2007" },                      /* T */
    { "LCC", "1", NULL, NULL, false, "Communicator 2005 or Windows Messenger 5" },         /* M */
    { "TranslationService", NULL, NULL, NULL, false, "Dial plan service of a front end" }, /* T */
    { "Purple", NULL, "Sipe", NULL, false, "pidgin-sipe" },                                /* T */

    /* The library of Windows itself: other makers' telephones use it for plain SIP. */
    { "RTC", "1", NULL, "Messenger", true, "Windows Messenger" },                 /* T, SPEC */
    { "RTC", "1", NULL, NULL, false, "Client based on the Windows RTC library" }, /* T */
};

static sf_slice slice_of(const char *literal)
{
    return (sf_slice){ literal, strlen(literal) };
}

static bool equals(sf_slice s, const char *literal)
{
    return sf_slice_equals(s, slice_of(literal));
}

static bool starts_with(sf_slice s, const char *literal)
{
    sf_slice prefix = slice_of(literal);
    return sf_slice_equals(sf_slice_head(s, prefix.length), prefix);
}

/** True if `version` begins with the numbers of `prefix`: 1.3.5470 with 1.3, but 15.0 not with 1. */
static bool version_begins(sf_slice version, const char *prefix)
{
    size_t length = strlen(prefix);
    return starts_with(version, prefix) && (version.length == length || version.text[length] == '.');
}

/** The product of that name after the first one, or NULL. */
static const sf_product_token *find_application(const sf_product_list *list, const char *name)
{
    for (unsigned i = 1; i < list->count; i++) {
        if (equals(list->items[i].name, name)) {
            return &list->items[i];
        }
    }
    return NULL;
}

#define NAME_BY_VERSION(rows, version) name_by_version(rows, G_N_ELEMENTS(rows), version)

/** The first row whose version this one begins with; its name, or NULL. */
static const char *name_by_version(const release_row *rows, size_t count, sf_slice version)
{
    for (size_t i = 0; i < count; i++) {
        if (version_begins(version, rows[i].version)) {
            return rows[i].name;
        }
    }
    return NULL;
}

static bool read_opening(sf_slice value, sf_product *product)
{
    for (size_t i = 0; i < G_N_ELEMENTS(openings); i++) {
        if (!starts_with(value, openings[i].literal)) {
            continue;
        }
        unsigned parts;
        sf_slice version = sf_version_at_start(sf_slice_skip(value, strlen(openings[i].literal)), &parts);
        const char *end = sf_slice_end(version);
        bool is_at_end = end == sf_slice_end(value);
        if (openings[i].version && !version_begins(version, openings[i].version)) {
            continue;
        }
        if (parts >= openings[i].min_parts && (is_at_end || (!openings[i].stands_alone && sf_is_blank(*end)))) {
            product->name = openings[i].name;
            product->token = sf_slice_between(value.text, end);
            product->version = parts > 0 ? version : (sf_slice){ NULL, 0 };
            product->is_microsoft = openings[i].is_microsoft;
            return true;
        }
    }
    return false;
}

/** Fills in what a later product of the value adds: its name and, if it has one, its own version. */
static void take_application(const sf_product_token *application, const char *name, sf_product *product)
{
    bool has_own_version = sf_is_version(application->version);

    product->name = name;
    product->token = sf_slice_between(product->token.text,
                                      sf_slice_end(has_own_version ? application->version : application->name));
    if (has_own_version) {
        product->version = application->version;
    }
}

/** Of Exchange, its own number is the release. */
static void name_exchange(const sf_product_token *application, sf_product *product)
{
    const char *name = equals(application->name, "MSExchangeUM")
                           ? NAME_BY_VERSION(exchange_releases, application->version)
                           : NULL;

    product->name = name ? name : product->name;
}

static bool read_rtc_release(const sf_product_list *list, sf_product *product)
{
    product->name = equals(list->items[0].name, "RTC") ? NAME_BY_VERSION(releases, product->version) : NULL;
    product->is_microsoft = product->is_server = product->name != NULL;
    return product->is_microsoft;
}

static bool read_rtcc_application(const sf_product_list *list, sf_product *product)
{
    if (!equals(list->items[0].name, "RTCC")) {
        return false;
    }
    product->platform = NAME_BY_VERSION(libraries, product->version);
    for (size_t i = 0; i < G_N_ELEMENTS(applications); i++) {
        const sf_product_token *application = find_application(list, applications[i].product);
        if (application) {
            take_application(application, applications[i].name, product);
            name_exchange(application, product);
            product->is_microsoft = true;
            return true;
        }
    }
    return false;
}

/** `RTCC/4.0.0.0 PresPub`: its own name says most of an application that no table has. */
static void keep_application(const sf_product_list *list, sf_product *product)
{
    if (equals(list->items[0].name, "RTCC") && list->count > 1) {
        product->application = list->items[1].name;
    }
}

/** UCCAPI writes one of Microsoft's names into its comment; who writes another is another's client, or says so. */
static bool has_foreign_comment(const sf_product_list *list)
{
    return equals(list->items[0].name, "UCCAPI") && sf_slice_present(list->comment) &&
           !starts_with(list->comment, "(Microsoft") && !starts_with(list->comment, "(Skype");
}

static bool read_foreign_client(const sf_product_list *list, sf_product *product)
{
    if (!has_foreign_comment(list)) {
        return false;
    }
    product->name = "Client that announces itself as Microsoft's";
    product->token = sf_slice_between(product->token.text, sf_slice_end(list->comment));
    product->application = sf_slice_skip(sf_slice_head(list->comment, sf_slice_find_last(list->comment, ')')), 1);
    product->is_microsoft = true;
    return true;
}

/** The server of pidgin-sipe: `RTC/5.0` at the end of its comment. */
static void read_sipe_server(const sf_product_list *list, sf_product *product)
{
    static const sf_slice rtc = SF_LITERAL_INIT("RTC/");

    if (!equals(list->items[0].name, "Purple")) {
        return;
    }
    for (sf_slice rest = list->comment; rest.length > 0; rest = sf_slice_skip(rest, 1)) {
        if (sf_slice_starts_nocase(rest, rtc)) {
            unsigned parts;
            product->platform = NAME_BY_VERSION(sipe_servers,
                                                sf_version_at_start(sf_slice_skip(rest, rtc.length), &parts));
            return;
        }
    }
}

static bool rule_fits(const stack_rule *rule, const sf_product_list *list)
{
    return equals(list->items[0].name, rule->stack) &&
           (!rule->version || version_begins(list->items[0].version, rule->version)) &&
           (!rule->application || find_application(list, rule->application)) &&
           (!rule->comment ||
            (sf_slice_present(list->comment) && starts_with(sf_slice_skip(list->comment, 1), rule->comment)));
}

static bool read_by_rules(const sf_product_list *list, sf_product *product)
{
    for (const stack_rule *rule = stack_rules; rule < stack_rules + G_N_ELEMENTS(stack_rules); rule++) {
        if (!rule_fits(rule, list)) {
            continue;
        }
        product->name = rule->name;
        product->is_microsoft = rule->is_microsoft;
        if (rule->application) {
            take_application(find_application(list, rule->application), rule->name, product);
            read_sipe_server(list, product);
        } else if (rule->comment) {
            product->token = sf_slice_between(product->token.text, sf_slice_end(list->comment));
        }
        keep_application(list, product);
        return true;
    }
    return false;
}

static bool read_product_list(sf_slice value, sf_product *product)
{
    sf_product_list list;

    sf_product_list_read(value, &list);
    if (list.count == 0 || list.items[0].name.text != value.text || !sf_is_version(list.items[0].version)) {
        return false;
    }
    product->version = list.items[0].version;
    product->token = sf_slice_between(value.text, sf_slice_end(product->version));
    return read_rtc_release(&list, product) || read_rtcc_application(&list, product) ||
           read_foreign_client(&list, product) || read_by_rules(&list, product);
}

static bool read_vendor(sf_slice value, sf_product *product)
{
    sf_slice version = { NULL, 0 };
    const char *name = sf_vendor_read(value, &version);

    *product = (sf_product){ .name = name, .token = value, .version = version };
    return name != NULL;
}

sf_status sf_product_read(sf_slice user_agent_or_server, sf_product *product)
{
    sf_slice value = sf_slice_trim(user_agent_or_server);

    *product = (sf_product){ 0 };
    if (read_opening(value, product) || read_product_list(value, product) || read_vendor(value, product)) {
        return SF_OK;
    }
    *product = (sf_product){ 0 };
    return SF_ABSENT;
}

bool sf_product_is_of_teams(sf_slice user_agent_or_server)
{
    return sf_slice_starts_nocase(user_agent_or_server, SF_LITERAL("Microsoft.PSTNHub."));
}
