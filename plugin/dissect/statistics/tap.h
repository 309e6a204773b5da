/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The tap `skypefed`: the facts of each message that we show, for statistics.
 * A listener registered for that name is given one sf_tap_message a time.
 */
#ifndef SF_DISSECT_STATISTICS_TAP_H
#define SF_DISSECT_STATISTICS_TAP_H

#include "dissect/view/view.h"
#include "tap_hosts.h"
#include "tap_ids.h"

#define SF_TAP_NAME "skypefed"
#define SF_TAP_MAX_VALUES 32 /* different codecs, suites or codes of one message that are passed on */

/** Texts, each once. */
typedef struct {
    unsigned count;
    const char *items[SF_TAP_MAX_VALUES];
} sf_tap_texts;

/** A diagnostics code. */
typedef struct {
    uint32_t code;
    const char *words;     /**< what it means, as the tree says it */
    bool is_known;         /**< the words are from our tables */
    bool has_reason;       /**< if they are not, they are the header's reason; else there is a component at most */
    const char *component; /**< literal; NULL if not known */
} sf_tap_diagnosis;

/** Lives until the packet's listeners have been called; the call lives as long as the capture. */
typedef struct {
    const sf_call *call;  /**< its row as far as it is known, at the end of the capture in full; NULL for none */
    bool is_report;       /**< the message is no message of that call, but reports on it */
    sf_verdict verdict;   /**< of the call, as known at this message */
    sf_media_note media;  /**< what was seen of the call's media up to this message */
    sf_sdp_role role;     /**< of its SDP bodies */
    bool has_sdp;         /**< it has SDP bodies */
    uint16_t status_code; /**< 0 in a request */
    bool is_change;       /**< a re-INVITE, or a response to one */
    const char *purpose;  /**< literal, `hold` or `resume`; NULL if it is not about hold */
    uint16_t transferred; /**< status code that a NOTIFY reports of a transfer; 0 for none */
    const char *method;   /**< of the request, or the one that is responded to; escaped; empty if not known */
    const char *
        call_id; /**< of the call that it reports on, else its own; control characters escaped; empty if there is none */
    const char *from; /**< address of From, and of To below; control characters escaped; empty if there is none */
    const char *to;
    const char *refer_to; /**< the user, or else the host, that a REFER names; escaped, cut; empty in other messages */
    const char *sender;   /**< whom From and To name, as a person would write it; escaped; empty if there is none */
    const char *addressee;
    unsigned via_count; /**< the hops that it has passed */
    sf_network caller_network;
    sf_network callee_network;
    sf_network origin;
    const char *product; /**< literal, NULL if none is known */
    const char *advice;  /**< what to check or change about that; empty if nothing is to be advised */
    const char *why;     /**< why something failed or ended, in brief, with its code; empty if nothing says that */
    sf_tap_texts suites; /**< cipher suites that an answer chose */
    sf_tap_texts codecs; /**< known ones by friendly name; `Other codec` for the rest */
    bool has_dialect[SF_ICE_DRAFT_19 + 1]; /**< ICE dialects of its bodies, by sf_ice_dialect */
    unsigned diagnostics_count;
    sf_tap_diagnosis diagnostics[SF_TAP_MAX_VALUES]; /**< each code once, in order */
    unsigned id_count;
    sf_tap_id ids[SF_TAP_MAX_IDS]; /**< in order; further ones are passed */
    sf_tap_hosts hosts;            /**< whom it passes between */
    tvbuff_t *tvb;                 /**< has its bytes, from `start` on */
    int start;
} sf_tap_message;

/** Registers the tap. */
void sf_tap_register(void);

/** True if there are listeners. */
bool sf_tap_is_heard(void);

/** Informs the listeners, if there are any. */
void sf_tap_queue(const sf_view *view);

#endif
