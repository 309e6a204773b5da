/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One call: who speaks with whom, and what has been agreed so far. It is the
 * row of the call table; what is only needed while offers and answers may
 * still come is kept apart (negotiation.h) and goes when the call is over.
 */
#ifndef SF_CALL_CALL_H
#define SF_CALL_CALL_H

#include "engine/body/quality_summary.h"
#include "engine/sip/diagnosis.h"
#include "offer.h"

typedef struct sf_negotiation sf_negotiation;
typedef struct sf_command sf_command;

/** What an answer, or several that hold at a time, have settled. */
typedef struct {
    const sf_suite *suite; /**< cipher suite of the first stream that has one; NULL for none, or an unknown one */
    uint8_t verdict;       /**< sf_verdict */
    uint8_t kind_count : 6;
    uint8_t differs : 1;            /**< several sides answered, and not all agreed the same */
    uint8_t hops_differ : 1;        /**< a proxy on the way has SDP of its own, and not all hops agreed the same */
    uint8_t kinds[SF_MAX_KINDS];    /**< live streams, in order: see sf_media_kind_name() */
    uint8_t verdicts[SF_MAX_KINDS]; /**< sf_verdict of each, once there is an answer */
} sf_agreement;

/**
 * What says most about how a call went, of what was seen so far: a diagnostics code, or a reason of Teams. It does not
 * change, and lives as long as the capture: a more telling one takes its place in the call, and the notes of earlier
 * messages keep this one.
 */
typedef struct {
    const char *teams_meaning; /**< literal: what the reason of Teams means; NULL for a diagnostics code */
    uint32_t code;             /**< of a diagnostics header, or Microsoft's response code in a reason of Teams */
    uint8_t occasion;          /**< sf_occasion: what kind of message had it */
    uint8_t rank;              /**< sf_rank */
    bool is_of_teams;          /**< a reason of Teams */
    bool has_code;             /**< false for a reason of Teams that is a phrase alone */
    uint8_t reason_length;
    char reason[]; /**< the header's own reason, where we have no words for it */
} sf_call_diagnosis;

/** What reports say of the quality of a call: see report.h. */
typedef struct {
    sf_quality_summary summary;
    uint32_t report_in; /**< frame of the newest report that counts; 0 if there is a rating alone */
    uint8_t rating;     /**< the lowest that a user gave, 1 to 5; 0 for none */
    bool is_final;      /**< a report on the whole call is there */
} sf_call_quality;

typedef struct sf_call {
    struct sf_call *next;               /**< in the same chain of the table */
    sf_negotiation *negotiation;        /**< NULL while there is nothing to negotiate */
    uint64_t call_id;                   /**< hash */
    uint64_t caller_tag;                /**< hash, 0 if there is none */
    uint64_t callee_tag;                /**< hash of who answered; 0 if nobody did, or several did */
    const sf_call_diagnosis *diagnosis; /**< NULL if no message of it had one */
    struct sf_call *focus;              /**< of media of a conference, the session that joined it; see meeting.h */
    struct sf_call *first_media;        /**< of a session that joined a conference, the first one with media */
    struct sf_call *next_media;         /**< the next one of the same conference */
    const sf_command *join;   /**< of a session that joined a conference, the command by which it did; NULL for none */
    sf_call_quality *quality; /**< NULL if nobody reported on it, or not yet */
    int64_t start;            /**< time of the first message, microseconds since 1970 */
    int64_t answered;         /**< time of the first 2xx to the INVITE, 0 if none was seen */
    int64_t ended;            /**< time of the BYE, 0 if none was seen */
    sf_agreement agreed;
    uint32_t first_frame;
    struct sf_call *joined_to; /**< the next on the way to the call that stands for its conversation; NULL for that */
    const struct sf_call *came_from; /**< the call whose transfer made this one; NULL if none is known */
    uint32_t joined_count;           /**< calls of the conversation; of the call that stands for it */
    uint32_t conversation;           /**< number of the conversation, 0 for none yet; of the call that stands for it */
    uint32_t number;                 /**< from 1, in order of the first message shown; 0 before that */
    uint32_t attempt;                /**< CSeq of the newest INVITE outside a dialog */
    uint32_t cut_in; /**< frame of the newest message whose offer or answer may say more than is there; 0 for none */
    uint16_t final_response;   /**< to the first INVITE or its retry, 0 if none was seen */
    uint16_t transfer_failure; /**< response with which the newest transfer in it failed; 0 for none */
    uint8_t refusal_cause;     /**< of Q.850, beside a final response that refused the call; 0 for none */
    uint8_t caller_network;    /**< sf_network */
    uint8_t callee_network;
    uint8_t caller_length;
    uint8_t callee_length;
    bool is_call : 1;   /**< an INVITE session; else only Call-ID and parties are kept */
    bool is_marked : 1; /**< one of its messages has a Microsoft mark */
    bool
        is_marked_jointly : 1; /**< a call of the conversation was, when it was joined; of the call that stands for it */
    bool is_over : 1;
    bool has_attempt : 1;
    bool has_rung : 1;            /**< a 180 was seen in this attempt */
    bool is_focus : 1;            /**< a session with the focus of a conference; see meeting.h */
    bool is_canceled : 1;         /**< a CANCEL was seen in this attempt */
    bool has_failed_media : 1;    /**< its end names a failure of media */
    bool has_failed_later : 1;    /**< its BYE, or the response to that, names another failure */
    bool is_past_teams : 1;       /**< Teams is named in it, and at neither end; see sf_call_settle_teams() */
    bool is_transferred : 1;      /**< a NOTIFY in it reports that the newest transfer succeeded */
    bool is_transfer_refused : 1; /**< `transfer_failure` is the response to the REFER, not one that a NOTIFY reports */
    uint8_t evidence;             /**< sf_join bits: what joined its conversation; of the call that stands for it */
    uint8_t join_id_count;        /**< ids that are kept of it */
    char parties[];               /**< addresses of caller and callee, one after the other */
} sf_call;

/** Address of the caller as a person would write it, not checked for control characters; may be empty. */
sf_slice sf_call_caller(const sf_call *call);

/** Address of the callee, like sf_call_caller(). */
sf_slice sf_call_callee(const sf_call *call);

/** True if both the answer and the end of the call were seen. */
bool sf_call_has_duration(const sf_call *call);

/** From the answer to the end, microseconds; 0 if that is not known. */
int64_t sf_call_duration(const sf_call *call);

/** `audio`, `video`, ...; `other` for what is not in the table. */
const char *sf_media_kind_name(uint8_t kind);

/** The kind of an m= line's media word, in any case. */
uint8_t sf_media_kind_of(sf_slice word);

/** An offer and its answer; shared by the messages that have them, and kept as long as those. */
typedef struct {
    uint32_t offer_in;  /**< frame; the newest of an offer that came early and again with the final response */
    uint32_t answer_in; /**< frame, 0 without an answer; a final answer takes the place of an early one */
    bool is_settled;    /**< the answer was a final one */
} sf_exchange;

/** The call that a message reports on. It lives as long as the capture. */
typedef struct {
    sf_call *call;
    bool is_taken; /**< its call has what the report says, not only its place in the capture */
    uint16_t call_id_length;
    char call_id[]; /**< as the report has it, cut if it is very long */
} sf_call_about;

/** Which part of a command a message has. */
typedef enum {
    SF_COMMAND_NO_PART,
    SF_COMMAND_REQUEST,
    SF_COMMAND_ANSWER,
    SF_COMMAND_REFUSAL /**< a SIP response that refuses it, without an answer in its body */
} sf_command_part;

typedef enum {
    SF_COMMAND_OPEN, /**< no answer was seen, or one whose word is not known */
    SF_COMMAND_PENDING,
    SF_COMMAND_ACCEPTED, /**< by the other side; how it ended was not seen */
    SF_COMMAND_SUCCEEDED,
    SF_COMMAND_FAILED
} sf_command_result;

enum { SF_MAX_COMMAND_TEXT = 48 }; /* bytes of a text that is kept */

/** A command in a body: see command.h. Its messages share it, and it grows with them. */
struct sf_command {
    int64_t requested; /**< microseconds since 1970 */
    int64_t answered;
    uint32_t request_in;  /**< frame */
    uint32_t answer_in;   /**< frame, 0 for none */
    uint16_t status_code; /**< of the SIP response that refused it, 0 for none */
    uint8_t result;       /**< sf_command_result */
    bool is_file;         /**< of a file transfer or another invitation; else of a conference */
    uint8_t name_length;
    uint8_t role_length;
    uint8_t reason_length;
    char name[SF_MAX_COMMAND_TEXT];   /**< `addUser` */
    char role[SF_MAX_COMMAND_TEXT];   /**< that was asked for; empty for none */
    char reason[SF_MAX_COMMAND_TEXT]; /**< of the answer, as written */
};

/** What the model knows of one message; it does not change with later messages, but for the call's row. */
typedef struct {
    const sf_call *call;                /**< NULL if the message belongs to none */
    const sf_exchange *exchange;        /**< NULL if it has no session, or its offer was not seen */
    const sf_stream_note *streams;      /**< one for each stream of an answer, all bodies in order; else NULL */
    sf_call_about *about;               /**< set by sf_calls_take_report(); NULL for no call, or an unknown one */
    const sf_command *command;          /**< in the message's body, or answered there; NULL for none */
    const sf_call_diagnosis *diagnosis; /**< of the call, as known at this message; NULL if there is none */
    uint32_t conversation;              /**< number of the call's conversation, as known at this message; 0 for none */
    uint32_t came_from;                 /**< number of the call whose transfer made this one; 0 for none */
    uint8_t evidence;                   /**< sf_join bits: what has joined the conversation, as known at this message */
    uint16_t stream_count;
    uint16_t final_response;   /**< of the call, as known at this message; 0 for none */
    uint16_t transfer_failure; /**< of the call, as known at this message; 0 for none */
    uint8_t refusal_cause;     /**< of the call, as known at this message; 0 for none */
    uint8_t role;              /**< sf_sdp_role of all its SDP bodies */
    uint8_t verdict;           /**< sf_verdict, as known at this message */
    uint8_t hold;              /**< sf_hold, as the message says of its audio, or of its video if it has no audio */
    uint8_t outcome;           /**< sf_outcome, as known at this message */
    uint8_t command_part;      /**< sf_command_part */
    uint8_t place;          /**< of the SDP of an offer or answer among those that hops have of it; 0 for the first */
    bool is_past_teams : 1; /**< the message was read so: see sf_captured */
    bool lacks_offer : 1;   /**< an answer that was judged alone, since its offer was not seen */
    bool has_duration : 1;  /**< the call's duration is known at this message */
    bool is_transfer_refused : 1; /**< of the call, as known at this message */
    bool is_of_proxy : 1;         /**< its SDP is a proxy's, not that of who offers or answers, or may be */
    bool is_change : 1;           /**< a re-INVITE, or a response to one */
    bool is_by_callee : 1;        /**< in the dialog, From of the message names the call's callee */
} sf_call_note;

#endif
