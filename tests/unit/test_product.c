/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which product a User-Agent or Server header names, and which it must not.
 */
#include "engine/sip/mark_scan.h"
#include "engine/sip/product.h"

#include <glib.h>

typedef struct {
    const char *value;
    const char *name;
    const char *platform;
    const char *token;
    const char *version;
    bool microsoft;
} product_case;

static const product_case known[] = {
    { "RTC/3.0", "Office Communications Server 2007", NULL, "RTC/3.0", "3.0", true },
    { "RTC/3.5", "Office Communications Server 2007 R2", NULL, "RTC/3.5", "3.5", true },
    { "RTC/4.0", "Lync Server 2010", NULL, "RTC/4.0", "4.0", true },
    { "RTC/5.0", "Lync Server 2013", NULL, "RTC/5.0", "5.0", true },
    { "RTC/6.0", "Skype for Business Server 2015", NULL, "RTC/6.0", "6.0", true },
    { "RTC/7.0", "Skype for Business Server 2019, Subscription Edition or Online", NULL, "RTC/7.0", "7.0", true },
    { " \tRTC/5.0\r\n", "Lync Server 2013", NULL, "RTC/5.0", "5.0", true },

    { "UCCAPI/2.0.6362.67", "Office Communicator 2007", NULL, "UCCAPI/2.0.6362.67", "2.0.6362.67", true },
    { "UCCAPI/3.5.6907.37 OC/3.5.6907.37 (Microsoft Office Communicator 2007 R2)", "Office Communicator 2007 R2", NULL,
      "UCCAPI/3.5.6907.37", "3.5.6907.37", true },
    { "UCCAPI/4.0.7577.0 OC/4.0.7577.0 (Microsoft Lync 2010)", "Lync 2010 client", NULL,
      "UCCAPI/4.0.7577.0 OC/4.0.7577.0 (Microsoft Lync 2010)", "4.0.7577.0", true },
    { "UCCAPI/4.0.7577.0 AOC/4.0.7577.0 (Microsoft Lync 2010 Attendee)", "Lync 2010 Attendee", NULL,
      "UCCAPI/4.0.7577.0 AOC/4.0.7577.0", "4.0.7577.0", true },
    { "UCCAPI/15.0.4569.1503 OC/15.0.4569.1503 (Microsoft Lync)", "Lync 2013 client", NULL,
      "UCCAPI/15.0.4569.1503 OC/15.0.4569.1503 (Microsoft Lync)", "15.0.4569.1503", true },
    { "UCCAPI/15.0.4971.1000 OC/15.0.4971.1000 (Skype for Business)", "Skype for Business client", NULL,
      "UCCAPI/15.0.4971.1000 OC/15.0.4971.1000 (Skype for Business)", "15.0.4971.1000", true },
    { "UCCAPI/16.0.1.2 OC/16.0.1.2", "Skype for Business 2016 or later client", NULL, "UCCAPI/16.0.1.2", "16.0.1.2",
      true },
    { "UCCAPI/17.1", "Communicator, Lync or Skype for Business client", NULL, "UCCAPI/17.1", "17.1", true },
    { "CPE/4.0.7423.1 OCPhone/4.0.7423.1 (Microsoft Lync 2010 (Beta) Phone Edition)", "Lync Phone Edition", NULL,
      "CPE/4.0.7423.1 OCPhone/4.0.7423.1", "4.0.7423.1", true },
    { "CPE/1.0.522.103 OCPhone/1.0.522.103", "Office Communicator Phone Edition", NULL,
      "CPE/1.0.522.103 OCPhone/1.0.522.103", "1.0.522.103", true },

    { "RTCC/5.0.0.0 MediationServer", "Mediation Server", "UCMA 4.0, of the Lync 2013 generation",
      "RTCC/5.0.0.0 MediationServer", "5.0.0.0", true },
    { "RTCC/4.0.0.0 AV-MCU", "Audio/video conferencing server", "UCMA 3.0, of the Lync 2010 generation",
      "RTCC/4.0.0.0 AV-MCU", "4.0.0.0", true },
    { "RTCC/4.0.0.0 Response_Group_Service Announcement_Service", "Announcement service",
      "UCMA 3.0, of the Lync 2010 generation", "RTCC/4.0.0.0 Response_Group_Service Announcement_Service", "4.0.0.0",
      true },
    { "RTCC/5.0.0.0 MSExchangeUM/15.01.2507.017", "Exchange 2016 or Online Unified Messaging",
      "UCMA 4.0, of the Lync 2013 generation", "RTCC/5.0.0.0 MSExchangeUM/15.01.2507.017", "15.01.2507.017", true },
    { "RTCC/3.5.0.0 MCXService/3.5.0.0 communicator.NOKIAS60R2.JVP.EN_US/1.0.6875.0",
      "Mobile client using the Mobility Service", "UCMA 2.0, of the OCS 2007 R2 generation",
      "RTCC/3.5.0.0 MCXService/3.5.0.0", "3.5.0.0", true },
    { "RTCC/7.0.0.0 UCWA/7.0.0.0 AndroidLync/6.25.0.27 (XY-1 Android 8.0.0)", "Lync or Skype for Business for Android",
      "UCMA 6.0, of the Skype for Business 2019 generation", "RTCC/7.0.0.0 UCWA/7.0.0.0 AndroidLync/6.25.0.27",
      "6.25.0.27", true },
    { "RTCC/6.0.0.0 UCWA/6.0.0.0", "Web or mobile client using UCWA",
      "UCMA 5.0, of the Skype for Business 2015 generation", "RTCC/6.0.0.0 UCWA/6.0.0.0", "6.0.0.0", true },
    { "UCCAPI/14.0.7577.0 OC/14.0.7577.0 (Microsoft Lync for Mac 2011)", "Lync for Mac", NULL,
      "UCCAPI/14.0.7577.0 OC/14.0.7577.0 (Microsoft Lync for Mac 2011)", "14.0.7577.0", true },
    { "UCCAPI/4.0.7577.0 GCC/4.0.7577.0 (Microsoft Lync 2010 Group Chat)", "Group chat client", NULL,
      "UCCAPI/4.0.7577.0 GCC/4.0.7577.0", "4.0.7577.0", true },
    { "UCCAPI/16.0.6741.5269 OC/16.0.6741.5269 (Comet Linux2.1)", "Client that announces itself as Microsoft's", NULL,
      "UCCAPI/16.0.6741.5269 OC/16.0.6741.5269 (Comet Linux2.1)", "16.0.6741.5269", true },
    { "UCCAPI/16.0.1.2 OC/16.0.1.2 (Comet", "Client that announces itself as Microsoft's", NULL,
      "UCCAPI/16.0.1.2 OC/16.0.1.2 (Comet", "16.0.1.2", true },
    { "RTCC/7.0.0.0 UCWA/7.0.0.0 LyncForMac/16.29.57", "Skype for Business for Mac",
      "UCMA 6.0, of the Skype for Business 2019 generation", "RTCC/7.0.0.0 UCWA/7.0.0.0 LyncForMac/16.29.57",
      "16.29.57", true },
    { "RTCC/5.0.0.0 ST", "Synthetic transaction (Test-Cs cmdlet)", "UCMA 4.0, of the Lync 2013 generation",
      "RTCC/5.0.0.0 ST", "5.0.0.0", true },
    { "RTCC/4.0.0.0 ExampleApplication", "Server application based on UCMA", "UCMA 3.0, of the Lync 2010 generation",
      "RTCC/4.0.0.0", "4.0.0.0", true },
    { "RTCC/3.1.0.0", "Server application based on UCMA", NULL, "RTCC/3.1.0.0", "3.1.0.0", true },
    { "RTCC/3.5.0.0", "Server application based on UCMA", "UCMA 2.0, of the OCS 2007 R2 generation", "RTCC/3.5.0.0",
      "3.5.0.0", true },
    { "RTCC/3.5.0.0 MSExchangeUM/14.01.0218.012", "Exchange 2010 Unified Messaging",
      "UCMA 2.0, of the OCS 2007 R2 generation", "RTCC/3.5.0.0 MSExchangeUM/14.01.0218.012", "14.01.0218.012", true },
    { "RTCC/5.0.0.0 MSExchangeUM/15.00.1497.000", "Exchange 2013 Unified Messaging",
      "UCMA 4.0, of the Lync 2013 generation", "RTCC/5.0.0.0 MSExchangeUM/15.00.1497.000", "15.00.1497.000", true },
    { "RTCC/5.0.0.0 MSExchangeUM/15.02.1.2", "Exchange Unified Messaging", "UCMA 4.0, of the Lync 2013 generation",
      "RTCC/5.0.0.0 MSExchangeUM/15.02.1.2", "15.02.1.2", true },
    { "UCCP/2.0.6362.0 OC/2.0.6362.0", "Office Communicator 2007", NULL, "UCCP/2.0.6362.0", "2.0.6362.0", false },
    { "LCC/1.3", "Communicator 2005 or Windows Messenger 5", NULL, "LCC/1.3", "1.3", false },
    { "TranslationService/4.0.0.0", "Dial plan service of a front end", NULL, "TranslationService/4.0.0.0", "4.0.0.0",
      false },
    { "Purple/2.9.0 Sipe/1.22.0 (linux-x86_64; RTC/5.0)", "pidgin-sipe", "signed in to Lync Server 2013",
      "Purple/2.9.0 Sipe/1.22.0", "1.22.0", false },
    { "Purple/2.9.0 Sipe/1.22.0 (linux-x86_64)", "pidgin-sipe", NULL, "Purple/2.9.0 Sipe/1.22.0", "1.22.0", false },
    { "MC/13.1.4", "Communicator or Lync for Mac", NULL, "MC/13.1.4", "13.1.4", false },
    { "DVT/3.5.6907.0", "Deployment validation tool", NULL, "DVT/3.5.6907.0", "3.5.6907.0", false },
    { "Windows RTC/1.2", "Windows Messenger, or the RTC client of Windows XP", NULL, "Windows RTC/1.2", "1.2", true },
    { "ExumRouting/7.0.0.0", "Routing to Exchange Unified Messaging", NULL, "ExumRouting/7.0.0.0", "7.0.0.0", true },

    { "Microsoft.Teams.SIPSBA v.2022.6.14.1", "Teams Survivable Branch Appliance", NULL,
      "Microsoft.Teams.SIPSBA v.2022.6.14.1", "2022.6.14.1", true },
    { "Microsoft.PSTNHub.SIPProxy v.2020.7.31.1 i.USWE2.3", "Teams Direct Routing SIP proxy", NULL,
      "Microsoft.PSTNHub.SIPProxy v.2020.7.31.1", "2020.7.31.1", true },
    { "aTSC/0.1", "Windows Live Messenger", NULL, "aTSC/0.1", "0.1", true },
    { "RTC/1.3.5470 (Messenger 5.1.0701)", "Windows Messenger", NULL, "RTC/1.3.5470 (Messenger 5.1.0701)", "1.3.5470",
      true },

    /* Named, but no mark: the words are anybody's, or the library comes with Windows. */
    { "RTC/1.2.4949 (Example Phone 3.0)", "Client based on the Windows RTC library", NULL, "RTC/1.2.4949", "1.2.4949",
      false },
    { "CSS-1.0.2.1", "Skype call service", NULL, "CSS-1.0.2.1", "1.0.2.1", false },
    { "ccs-0.1.13", "Skype call control service", NULL, "ccs-0.1.13", "0.1.13", false },
    { "SipGW 9.02", "Skype gateway to telephone providers", NULL, "SipGW 9.02", "9.02", false },
    { "Mediation Server", "Mediation Server", NULL, "Mediation Server", NULL, false },

    /* Of other makers */
    { "AUDC-IPPhone-445HD_UC_3.4.8/1.0", "AudioCodes phone", NULL, "AUDC-IPPhone-445HD_UC_3.4.8/1.0", "3.4.8", false },
    { "Audiocodes-Sip-Gateway-Mediant 800/v.6.60A.035.006", "AudioCodes gateway or session border controller", NULL,
      "Audiocodes-Sip-Gateway-Mediant 800/v.6.60A.035.006", "6.60A.035.006", false },
    { "Mediant VE SBC/v.7.20A.258.006", "AudioCodes Mediant gateway or session border controller", NULL,
      "Mediant VE SBC/v.7.20A.258.006", "7.20A.258.006", false },
    { "PolycomVVX-VVX_500-UA/5.9.7.47435", "Polycom VVX phone", NULL, "PolycomVVX-VVX_500-UA/5.9.7.47435",
      "5.9.7.47435", false },
    { "Yealink SIP-T46S 66.86.0.15", "Yealink phone", NULL, "Yealink SIP-T46S 66.86.0.15", "66.86.0.15", false },
    { "snom760-SIP 8.9.3.40 UC", "snom phone", NULL, "snom760-SIP 8.9.3.40 UC", "8.9.3.40", false },
    { "Cisco-SIPGateway/IOS-17.9.3", "Cisco gateway or Unified Border Element", NULL, "Cisco-SIPGateway/IOS-17.9.3",
      "17.9.3", false },
    { "Cisco-CUCM11.5", "Cisco Unified Communications Manager", NULL, "Cisco-CUCM11.5", NULL, false },
    { "SONUS SBC1000 6.1.0v445 Sonus SBC", "Ribbon (Sonus) session border controller", NULL,
      "SONUS SBC1000 6.1.0v445 Sonus SBC", "6.1.0v445", false },
    { "Ribbon SBC Edge/9.0.1", "Ribbon session border controller", NULL, "Ribbon SBC Edge/9.0.1", "9.0.1", false },
    { "Oracle/VME/8.3.0", "Oracle session border controller", NULL, "Oracle/VME/8.3.0", "8.3.0", false },
    { "AVAYA-SM-8.1.3.0", "Avaya telephone system or phone", NULL, "AVAYA-SM-8.1.3.0", "8.1.3.0", false },
    { "Polycom/5.5.1 PolycomVVX-VVX_500-UA/5.5.1", "Polycom phone or room system", NULL,
      "Polycom/5.5.1 PolycomVVX-VVX_500-UA/5.5.1", "5.5.1", false },
    { "Cisco-CP7945G/8.5.3", "Cisco phone or gateway", NULL, "Cisco-CP7945G/8.5.3", "8.5.3", false },
    { "AUDC-IPPhone/2.2.8 (420HD-Rev0; 00908F0000)", "AudioCodes phone", NULL,
      "AUDC-IPPhone/2.2.8 (420HD-Rev0; 00908F0000)", "2.2.8", false },
    { "Asterisk PBX 13.38.3", "Asterisk", NULL, "Asterisk PBX 13.38.3", "13.38.3", false },
};

static const char *const foreign[] = {
    "Polycomet/1.0",
    "snomad",
    "Ciscoteria 1.0",
    "My Yealink",
    "",
    "   ",
    "WebRTC/5.0",
    "Example RTC/5.0",
    "(RTC/5.0)",
    "(comment) RTC/5.0",
    "RTC/5",
    "RTC/5.",
    "RTC/5.01",
    "RTC/50.0",
    "RTC/8.0",
    "RTC/5.0a",
    "RTC/",
    "RTC/(Microsoft RTC)",
    "RTC",
    "rtc/5.0",
    "RTCC/2",
    "RTCC",
    "RTCC/x.y",
    "RTCCD/4.0.0.0",
    "UCCAPI",
    "UCCAPI/",
    "UCCAPIx/15.0.1.2 (Microsoft Lync)",
    "Example/1.0 UCCAPI/15.0.1.2",
    "Example/1.0 (Microsoft Lync)",
    "Example/1.0 (Skype for Business)",
    "CPE/1.0",
    "CPE/2.1 ExampleModem/4",
    "ExampleCPE/4.0 OCPhone/4.0",
    "SipGW",
    "SipGW 9",
    "SipGW 9.02 Example",
    "SipGW/9.02",
    "SipGW  9.02",
    "ExampleSipGW 9.02",
    "CSS-1.0",
    "CSS-1.0.2.1-beta",
    "CSS-1.0.2.1 Example",
    "ccs-0.1",
    "aTSC/",
    "aTSC/0.1b",
    "Microsoft.PSTNHub.SIPProxy",
    "Microsoft.PSTNHub.SIPProxy v.x",
    "Microsoft.PSTNHub.SIPProxy v.2020.7x",
    "Microsoft.PSTNHub.SIPProxyish v.2020.7.31.1",
    "Mediation Server 2",
    "Session Mediation Server",
    "MediationServer",
    "AndroidLync",
    "UCWA",
    "MSExchangeUM",
    "Windows RTC/1.0",
    "Windows RTC/1.25",
    "LCC/2.0",
    "Purple/2.9.0",
    "sipe/1.25.0 Purple/2.14.1",
};

static void assert_slice(const char *value, const char *what, sf_slice got, const char *expected)
{
    char *text = sf_slice_present(got) ? g_strndup(got.text, got.length) : NULL;

    if (g_strcmp0(text, expected) != 0) {
        g_test_message("%s of \"%s\": \"%s\" instead of \"%s\"", what, value, text, expected);
        g_test_fail();
    }
    g_free(text);
}

static void test_known(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        sf_slice value = { known[i].value, strlen(known[i].value) };
        sf_mark_scan scan = sf_mark_scan_over(value);
        sf_product product;

        g_assert_cmpint(sf_product_read(value, &product), ==, SF_OK);
        if (known[i].microsoft && !sf_mark_scan_may_be_in(&scan, value)) {
            g_error("mark_scan.c has no word of %s", known[i].value);
        }
        g_assert_cmpstr(product.name, ==, known[i].name);
        g_assert_cmpstr(product.platform, ==, known[i].platform);
        g_assert_cmpint(product.is_microsoft, ==, known[i].microsoft);
        assert_slice(known[i].value, "token", product.token, known[i].token);
        assert_slice(known[i].value, "version", product.version, known[i].version);
    }
}

static void assert_empty(const char *value, const sf_product *product)
{
    if (product->name || product->platform || product->is_microsoft || sf_slice_present(product->token) ||
        sf_slice_present(product->version)) {
        g_test_message("\"%s\" is taken for \"%s\"", value, product->name);
        g_test_fail();
    }
}

static void test_foreign(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(foreign); i++) {
        sf_slice value = { foreign[i], strlen(foreign[i]) };
        sf_product product;

        g_assert_cmpint(sf_product_read(value, &product), ==, SF_ABSENT);
        assert_empty(foreign[i], &product);
    }
}

static void test_absent(void)
{
    sf_product product;

    g_assert_cmpint(sf_product_read((sf_slice){ NULL, 0 }, &product), ==, SF_ABSENT);
    assert_empty("(absent)", &product);
}

/** Every prefix is in a block of its own size, so that a sanitizer sees a read of one byte too many. */
static void test_every_prefix(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        for (size_t length = 1; length <= strlen(known[i].value); length++) {
            char *block = g_malloc(length);
            sf_product product;

            memcpy(block, known[i].value, length);
            sf_status status = sf_product_read((sf_slice){ block, length }, &product);
            g_assert_cmpint(status == SF_OK, ==, product.name != NULL);
            if (product.name) {
                g_assert_true(product.token.text >= block);
                g_assert_true(sf_slice_end(product.token) <= block + length);
            } else {
                assert_empty(known[i].value, &product);
            }
            g_free(block);
        }
    }
}

static void test_odd_bytes(void)
{
    static const struct {
        sf_slice value;
        sf_status status;
    } cases[] = {
        { SF_LITERAL("RTC/5.0\0"), SF_ABSENT },        { SF_LITERAL("RTC\0/5.0"), SF_ABSENT },
        { SF_LITERAL("\xff\xfeRTC/5.0"), SF_ABSENT },  { SF_LITERAL("UCCAPI/15.0.1.2 (\xff\xfe"), SF_OK },
        { SF_LITERAL("UCCAPI/15.0.1.2 (((("), SF_OK }, { SF_LITERAL("UCCAPI/15.0.1.2 (\\"), SF_OK },
        { SF_LITERAL("UCCAPI/15.0.1.2 ))))"), SF_OK },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        sf_product product;
        g_assert_cmpint(sf_product_read(cases[i].value, &product), ==, cases[i].status);
    }
}

/** Only the first products count: what comes far after them costs no time and changes nothing. */
static void test_many_products(void)
{
    GString *value = g_string_new("RTCC/5.0.0.0");
    sf_product product;

    for (int i = 0; i < 100000; i++) {
        g_string_append(value, " Example/1.0");
    }
    g_string_append(value, " MediationServer");
    g_assert_cmpint(sf_product_read((sf_slice){ value->str, value->len }, &product), ==, SF_OK);
    g_assert_cmpstr(product.name, ==, "Server application based on UCMA");
    g_string_free(value, TRUE);
}

/** What an application of unknown name calls itself. */
static void test_own_name(void)
{
    static const struct {
        const char *value;
        const char *application;
    } cases[] = {
        { "RTCC/4.0.0.0 PresPub", "PresPub" },
        { "RTCC/4.0.0.0 Comet/1.0 (x)", "Comet" },
        { "RTCC/4.0.0.0", NULL },
        { "RTCC/5.0.0.0 MediationServer", NULL },
        { "UCCAPI/16.0.1.2 OC/16.0.1.2 (Comet Linux2.1)", "Comet Linux2.1" },
        { "UCCAPI/16.0.1.2 OC/16.0.1.2 (Comet", "Comet" },
        { "UCCAPI/16.0.1.2 OC/16.0.1.2 (Skype for Business)", NULL },
        { "Yealink SIP-T46S 66.86.0.15", NULL },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        sf_product product;
        g_assert_cmpint(sf_product_read((sf_slice){ cases[i].value, strlen(cases[i].value) }, &product), ==, SF_OK);
        assert_slice(cases[i].value, "application", product.application, cases[i].application);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/product/known", test_known);
    g_test_add_func("/product/foreign", test_foreign);
    g_test_add_func("/product/absent", test_absent);
    g_test_add_func("/product/every-prefix", test_every_prefix);
    g_test_add_func("/product/odd-bytes", test_odd_bytes);
    g_test_add_func("/product/many-products", test_many_products);
    g_test_add_func("/product/own-name", test_own_name);
    return g_test_run();
}
