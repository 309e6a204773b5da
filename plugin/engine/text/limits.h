/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How much of one message is kept. Real messages stay far below these numbers;
 * they bound what a hostile one can cost. What lies beyond a limit is skipped
 * and reported once for each kind (problem.h).
 */
#ifndef SF_ENGINE_TEXT_LIMITS_H
#define SF_ENGINE_TEXT_LIMITS_H

#define SF_MAX_HEADERS 1024
#define SF_MAX_LIST_ELEMENTS 256 /* of one comma-separated header */
#define SF_MAX_PARAMETERS 128    /* of one element */
#define SF_MAX_VIAS 70           /* Max-Forwards begins at 70 (RFC 3261 8.1.1.6) */
#define SF_MAX_ROUTES 70
#define SF_MAX_GRUUS 64
#define SF_MAX_IDENTITIES 64
#define SF_MAX_EPIDS 72
#define SF_MAX_REFERENCES 32
#define SF_MAX_EVIDENCE 32
#define SF_MAX_BODIES 16
#define SF_MAX_BODY_NESTING 4
#define SF_MAX_SDPS 8
#define SF_MAX_STREAMS 64
#define SF_MAX_CRYPTOS 128
#define SF_MAX_KEYS 1 /* of one key line: Microsoft writes one ([MS-SDPEXT] 3.1.5.1) */
#define SF_MAX_CANDIDATES 512
#define SF_MAX_REMOTE_CANDIDATES 128
#define SF_MAX_CODECS 512
#define SF_MAX_ATTRIBUTES 256
#define SF_MAX_DIAGNOSTICS 32
#define SF_MAX_DIAGNOSTIC_PARAMS 256
#define SF_MAX_MEDIA_DEBUGS 32
#define SF_MAX_MEDIA_DEBUG_PARAMS 256
#define SF_MAX_MICROSOFT_HEADERS 128
#define SF_MAX_AUTHENTICATIONS 16
#define SF_MAX_SKYPE_URIS 64
#define SF_MAX_PARTICIPANTS 128
#define SF_MAX_PROBLEMS 64
#define SF_MAX_BASE64 4096 /* characters of one base64 value */

#endif
