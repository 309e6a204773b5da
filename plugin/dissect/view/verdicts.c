/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The names of verdicts, and of what a stream announces.
 */
#include "verdicts.h"

const value_string sf_verdict_names[] = {
    { SF_VERDICT_NOT_NEGOTIATED, "Not negotiated" },
    { SF_VERDICT_SRTP, "SRTP agreed" },
    { SF_VERDICT_SCALE_SRTP, "Scale SRTP agreed" },
    { SF_VERDICT_CLEAR, "Clear RTP agreed" },
    { SF_VERDICT_CLEAR_AFTER_OFFER, "Clear RTP after SRTP was offered" },
    { SF_VERDICT_DTLS_SRTP, "DTLS-SRTP agreed" },
    { SF_VERDICT_NO_MEDIA, "No media" },
    { SF_VERDICT_MIXED, "Mixed" },
    { SF_VERDICT_LEGACY, "Legacy RTC encryption agreed" },
    { SF_VERDICT_UNENCRYPTED_SRTP, "SRTP without encryption" },
    { SF_VERDICT_RTP_IN_TLS, "RTP inside TLS" },
    { SF_VERDICT_OTHER_CLEAR, "Other media in clear" },
    { SF_VERDICT_NOT_COMPATIBLE, "Not compatible" },
    { SF_VERDICT_IN_DTLS, "DTLS agreed" },
    { SF_VERDICT_IN_TLS, "TLS agreed" },
    { SF_VERDICT_UNDETERMINED, "Undetermined" },
    { SF_VERDICT_TAG_NOT_OFFERED, "SRTP not agreed (tag not offered)" },
    { 0, NULL },
};

const char *sf_verdict_name(unsigned verdict)
{
    return val_to_str_const(verdict, sf_verdict_names, "Unknown");
}

void sf_verdict_add_parts(GString *text, const sf_agreement *agreed, const char *where)
{
    for (unsigned i = 0; i < agreed->kind_count; i++) {
        if (agreed->verdicts[i] != SF_VERDICT_NO_MEDIA && agreed->verdicts[i] != SF_VERDICT_NOT_NEGOTIATED) {
            g_string_append_printf(text, "%s%s%s: %s", text->len ? "; " : "", sf_media_kind_name(agreed->kinds[i]),
                                   where, sf_verdict_name(agreed->verdicts[i]));
        }
    }
}

const value_string sf_security_names[] = {
    { SF_SECURITY_CLEAR, "Clear RTP" },
    { SF_SECURITY_SRTP_OPTIONAL, "SRTP optional" },
    { SF_SECURITY_SRTP_REQUIRED, "SRTP required" },
    { SF_SECURITY_DTLS, "DTLS-SRTP" },
    { SF_SECURITY_LEGACY, "Legacy RTC encryption" },
    { SF_SECURITY_REFUSED, "Stream refused" },
    { SF_SECURITY_UNDETERMINED, "Undetermined" },
    { SF_SECURITY_NOT_MEDIA, "Not media" },
    { SF_SECURITY_RTP_IN_TLS, "RTP inside TLS" },
    { SF_SECURITY_OTHER_CLEAR, "Other media in clear" },
    { SF_SECURITY_IN_DTLS, "DTLS" },
    { SF_SECURITY_IN_TLS, "TLS" },
    { 0, NULL },
};

const char *sf_security_name(unsigned security)
{
    return val_to_str_const(security, sf_security_names, "Undetermined");
}
