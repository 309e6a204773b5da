/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Authentication headers: scheme, target and realm, and nothing else of them ([MS-SIPAE]).
 */
#include "check.h"
#include "engine/sip/authentication.h"

typedef struct {
    const char *name;
    const char *value;
    const char *scheme, *target, *realm;
    bool microsoft;
    const char *problem;
    const char *rest;
} authentication_row;

static const authentication_row rows[] = {
    { "ntlm-challenge", "NTLM realm=\"SIP Communications Service\", targetname=\"fe01.example.com\", version=4", "NTLM",
      "fe01.example.com", "SIP Communications Service", true, NULL, NULL },
    { "kerberos-challenge",
      "Kerberos realm=\"SIP Communications Service\", targetname=\"sip/fe01.example.com\", version=4", "Kerberos",
      "sip/fe01.example.com", "SIP Communications Service", true, NULL, NULL },
    { "tls-dsk-challenge",
      "TLS-DSK realm=\"SIP Communications Service\", targetname=\"fe01.example.com\", version=4, "
      "sts-uri=\"https://fe01.example.com/CertProv/CertProvisioningService.svc\"",
      "TLS-DSK", "fe01.example.com", "SIP Communications Service", true, NULL, NULL },
    { "answer",
      "NTLM qop=\"auth\", opaque=\"1A2B3C4D\", realm=\"SIP Communications Service\", targetname=\"fe01.example.com\", "
      "version=4, gssapi-data=\"TlRMTVNTUAADAAAA\"",
      "NTLM", "fe01.example.com", "SIP Communications Service", true, NULL, NULL },
    { "authentication-info",
      "NTLM rspauth=\"0100000000000000C0FFEE0001234567\", srand=\"8B7A6C5D\", snum=\"1\", opaque=\"1A2B3C4D\", "
      "qop=\"auth\", targetname=\"fe01.example.com\", realm=\"SIP Communications Service\"",
      "NTLM", "fe01.example.com", "SIP Communications Service", true, NULL, NULL },
    { "any-case", "ntlm REALM=\"r\",TargetName=\"t\"", "ntlm", "t", "r", true, NULL, NULL },
    { "unquoted-and-no-blanks", "Kerberos realm=r,targetname=t", "Kerberos", "t", "r", true, NULL, NULL },
    { "comma-in-realm", "NTLM realm=\"a, targetname=b\",targetname=\"c\"", "NTLM", "c", "a, targetname=b", true, NULL,
      NULL },
    { "fold", "NTLM\r\n realm=\"r\",\r\n\ttargetname=\"t\"", "NTLM", "t", "r", true, NULL, NULL },
    { "scheme-alone", "NTLM", "NTLM", NULL, NULL, true, NULL, NULL },
    { "digest", "Digest realm=\"example.com\", nonce=\"abc\"", "Digest", NULL, "example.com", false, NULL, NULL },
    { "scheme-that-begins-alike", "NTLMv2 realm=\"r\"", "NTLMv2", NULL, "r", false, NULL, NULL },
    { "digest-info-without-scheme", "nextnonce=\"abc\"", "nextnonce=\"abc\"", NULL, NULL, false, NULL, NULL },
    { "garbage", "%%&=;;!!", "%%&=;;!!", NULL, NULL, false, NULL, NULL },
    { "empty", "", NULL, NULL, NULL, false, "The header", NULL },
    { "target-twice", "NTLM targetname=\"a\", realm=\"r\", targetname=\"b\"", "NTLM", "a", "r", true, "The parameter",
      NULL },
    { "realm-twice", "NTLM realm=\"r\", realm=\"\"", "NTLM", NULL, "r", true, "The parameter", NULL },
    { "two-challenges", "Kerberos realm=\"r\", version=3 , NTLM realm=\"z\", targetname=\"q\"", "Kerberos", NULL, "r",
      true, NULL, "NTLM realm=\"z\", targetname=\"q\"" },
    { "blank-before-equals", "NTLM realm = \"r\", targetname =\"t\"", "NTLM", "t", "r", true, NULL, NULL },
};

static void test_read(gconstpointer data)
{
    const authentication_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->value));
    sf_problems problems;
    sf_authentication authentication;
    sf_slice rest;

    sf_problems_clear(&problems);
    sf_authentication_read(input.text, SF_LITERAL("WWW-Authenticate"), &problems, &authentication, &rest);
    SF_CHECK_SLICE(authentication.header, "WWW-Authenticate");
    SF_CHECK_TEXT(authentication.scheme, row->scheme);
    SF_CHECK_SLICE(authentication.target, row->target);
    SF_CHECK_SLICE(authentication.realm, row->realm);
    g_assert_true(authentication.is_microsoft == row->microsoft);
    SF_CHECK_TEXT(rest, row->rest ? row->rest : "");
    SF_CHECK_PROBLEM(&problems, row->problem);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/authentication/read", rows, test_read);
    return g_test_run();
}
