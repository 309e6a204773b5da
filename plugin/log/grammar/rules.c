/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The line grammars of all formats. Section numbers are those of log-formats.md.
 */
#include "rules.h"

#include <stddef.h>

/*
 * Section 1: the client's log. `Data Received -` has no blank after its dash. Addresses and byte count can be
 * missing.
 */
#define UCCAPI_PREFIX "%D|%T %p:%t %w ::"
#define UCCAPI_DETAILS "{ -} {%R} {(%w Local Address: %L)} {%n bytes} {:}"

const sf_log_rule sf_log_uccapi_rules[] = {
    { UCCAPI_PREFIX " Sending Packet" UCCAPI_DETAILS, SF_LOG_EVENT_SENT },
    { UCCAPI_PREFIX " Data Received" UCCAPI_DETAILS, SF_LOG_EVENT_RECEIVED },
    { UCCAPI_PREFIX " End of Sending Packet%*", SF_LOG_EVENT_CLOSE },
    { UCCAPI_PREFIX " End of Data Received%*", SF_LOG_EVENT_CLOSE },
    { UCCAPI_PREFIX "%_%+", SF_LOG_EVENT_PREFIXED },
    { NULL, SF_LOG_EVENT_TEXT },
};

/*
 * Section 2: the servers' log. Function names and line numbers differ between builds, so only the brackets
 * around them are matched. The second rule for `$$begin_record` is for head lines that a web page has broken
 * into several.
 */
#define SERVER_HEAD "TL_%w(%.) [%m]%p.%t::%D-%T{.%x} {%g} {%g} {[%c]}"

const sf_log_rule sf_log_server_rules[] = {
    { SERVER_HEAD " %.$$begin_record", SF_LOG_EVENT_OPEN },
    { SERVER_HEAD "%*", SF_LOG_EVENT_HEAD },
    { "TL_%*", SF_LOG_EVENT_FOLD },
    { "%.$$begin_record", SF_LOG_EVENT_OPEN },
    { "$$end_record", SF_LOG_EVENT_CLOSE },
    { NULL, SF_LOG_EVENT_TEXT },
};

/* Section 3: UCMA and the Mediation Server, in the same files; the first address is the local one. */
const sf_log_rule sf_log_s4_rules[] = {
    { ">%.Outgoing SipMessage{ c=[%.],} {%L->%R}", SF_LOG_EVENT_SENT },
    { "<%.Incoming SipMessage{ c=[%.],} {%L<-%R}", SF_LOG_EVENT_RECEIVED },
    { "-%.EndOfOutgoing SipMessage%*", SF_LOG_EVENT_CLOSE },
    { "-%.EndOfIncoming SipMessage%*", SF_LOG_EVENT_CLOSE },
    { SERVER_HEAD "%*", SF_LOG_EVENT_HEAD },
    { "TL_%*", SF_LOG_EVENT_FOLD },
    { NULL, SF_LOG_EVENT_TEXT },
};

/* Section 5. The time at the beginning is local; UTCTime is the one to use. X7 states the peer's address only. */
#define EXPRESSWAY_HEAD "%S %.UTCTime=\" {(} %I %T {)} \""
#define EXPRESSWAY_SIP                                             \
    EXPRESSWAY_HEAD " Module=\" network.sip \" Level=\" DEBUG \":" \
                    " {Action=\" %w \"} {Local-ip=\" %L \"} {Local-port=\" %l \"}"

const sf_log_rule sf_log_expressway_rules[] = {
    { EXPRESSWAY_SIP " Src-ip=\" %R \" Src-port=\" %r \"%*", SF_LOG_EVENT_RECEIVED },
    { EXPRESSWAY_SIP " Dst-ip=\" %R \" Dst-port=\" %r \"%*", SF_LOG_EVENT_SENT },
    { EXPRESSWAY_HEAD "%*", SF_LOG_EVENT_HEAD },
    { NULL, SF_LOG_EVENT_TEXT },
};

/* Section 7: the day comes first. Older versions mark neither the beginning nor the end of a record. */
#define AVAYA_HEAD "%E-%T {[0x%t]} -"

const sf_log_rule sf_log_avaya_rules[] = {
    { AVAYA_HEAD " --> %.IP: %R) :{$$begin_record}", SF_LOG_EVENT_SENT },
    { AVAYA_HEAD " <-- %.IP: %R) :{$$begin_record}", SF_LOG_EVENT_RECEIVED },
    { AVAYA_HEAD " --> message sent to %R {:} {$$begin_record}", SF_LOG_EVENT_SENT },
    { AVAYA_HEAD " <-- message received from %R {:} {$$begin_record}", SF_LOG_EVENT_RECEIVED },
    { "%E-%T %*", SF_LOG_EVENT_HEAD },
    { "$$end_record", SF_LOG_EVENT_CLOSE },
    { NULL, SF_LOG_EVENT_TEXT },
};

/* Section 7: clients put different things before the marker, but the marker with its time is always the same. */
const sf_log_rule sf_log_sipe_rules[] = {
    { "%.MESSAGE START >>>>>>>>>> SIP{(%.)} - %IT%T%Z", SF_LOG_EVENT_SENT },
    { "%.MESSAGE START <<<<<<<<<< SIP{(%.)} - %IT%T%Z", SF_LOG_EVENT_RECEIVED },
    { "%.MESSAGE END >>>>>>>>>> SIP%*", SF_LOG_EVENT_CLOSE },
    { "%.MESSAGE END <<<<<<<<<< SIP%*", SF_LOG_EVENT_CLOSE },
    { NULL, SF_LOG_EVENT_TEXT },
};

/* Section 6. Two blanks are between the session and the text of a record. */
#define AUDIOCODES_HEAD "%h%.[S=%q]{ [SID=%s]}{ [SID:%s]}{ [BID=%.]}"
#define AUDIOCODES_INTERFACE "SIPInterface #%x{ (%i)}{ %k}%.----%_%+"

const sf_log_rule sf_log_audiocodes_rules[] = {
    { AUDIOCODES_HEAD "%.---- Incoming SIP Message from %R to " AUDIOCODES_INTERFACE, SF_LOG_EVENT_RECEIVED },
    { AUDIOCODES_HEAD "%.---- Outgoing SIP Message to %R from " AUDIOCODES_INTERFACE, SF_LOG_EVENT_SENT },
    { AUDIOCODES_HEAD "%_%_%+", SF_LOG_EVENT_PART },
    { NULL, SF_LOG_EVENT_TEXT },
};

/* A record can have several entries, each with a number of its own. */
#define AUDIOCODES_ENTRY "(N %x)%.---- "

const sf_log_rule sf_log_audiocodes_entries[] = {
    { AUDIOCODES_ENTRY "Incoming SIP Message from %R to " AUDIOCODES_INTERFACE, SF_LOG_EVENT_RECEIVED },
    { AUDIOCODES_ENTRY "Outgoing SIP Message to %R from " AUDIOCODES_INTERFACE, SF_LOG_EVENT_SENT },
    { "(N %x)%*", SF_LOG_EVENT_HEAD },
    { NULL, SF_LOG_EVENT_TEXT },
};

/*
 * Section 11: one head line before a bare message. They have no end mark, or one that is not needed. The time can be in
 * what a collector of logs puts first, so most begin with %H.
 */
const sf_log_rule sf_log_sngrep_rules[] = {
    { "%I %T %L -> %R", SF_LOG_EVENT_SEEN },
    { NULL, SF_LOG_EVENT_TEXT },
};

/* The letter is the transport. The flags of TCP and the number of the packet can follow. */
#define NGREP_ENDS "%L -> %R{ [%.]}{ #%x}"

const sf_log_rule sf_log_ngrep_rules[] = {
    { "U %I %T " NGREP_ENDS, SF_LOG_EVENT_SEEN },
    { "T %I %T " NGREP_ENDS, SF_LOG_EVENT_SEEN },
    { "U " NGREP_ENDS, SF_LOG_EVENT_SEEN },
    { "T " NGREP_ENDS, SF_LOG_EVENT_SEEN },
    { NULL, SF_LOG_EVENT_TEXT },
};

const sf_log_rule sf_log_sipmsg_rules[] = {
    { "%B %T On {[%.]}%L received from %R", SF_LOG_EVENT_RECEIVED },
    { "%B %T On {[%.]}%L sent to %R", SF_LOG_EVENT_SENT },
    { NULL, SF_LOG_EVENT_TEXT },
};

const sf_log_rule sf_log_cube_rules[] = {
    { "%H%.ccsipDisplayMsg: Received:{ SIP %k message from %R}", SF_LOG_EVENT_RECEIVED },
    { "%H%.ccsipDisplayMsg: Sent:{ SIP %k message to %R}", SF_LOG_EVENT_SENT },
    { "%H%.ccsipDisplayMsg:", SF_LOG_EVENT_HEAD },
    { "Received:{ SIP %k message from %R}", SF_LOG_EVENT_RECEIVED },
    { "Sent:{ SIP %k message to %R}", SF_LOG_EVENT_SENT },
    { NULL, SF_LOG_EVENT_TEXT },
};

const sf_log_rule sf_log_cms_rules[] = {
    { "%H%.SIP trace: connection %x: incoming SIP %k data from %R{,} {size %n:}", SF_LOG_EVENT_RECEIVED },
    { "%H%.SIP trace: connection %x: outgoing SIP %k data to %R{,} {size %n:}", SF_LOG_EVENT_SENT },
    { NULL, SF_LOG_EVENT_TEXT },
};

const sf_log_rule sf_log_cucm_rules[] = {
    { "%h%.Incoming SIP %k message from %R on port %r %.with %n bytes{:}", SF_LOG_EVENT_RECEIVED },
    { "%h%.Incoming SIP %k message size %n from %R{:}", SF_LOG_EVENT_RECEIVED },
    { "%h%.Outgoing SIP %k message to %R on port %r%*", SF_LOG_EVENT_SENT },
    { "%h%.Outgoing SIP %k message to %R{:}", SF_LOG_EVENT_SENT },
    { NULL, SF_LOG_EVENT_TEXT },
};

const sf_log_rule sf_log_asterisk_rules[] = {
    { "%H%.<--- Received SIP %w (%n bytes) from %k:%R --->", SF_LOG_EVENT_RECEIVED },
    { "%H%.<--- Transmitting SIP %w (%n bytes) to %k:%R --->", SF_LOG_EVENT_SENT },
    { "%H%.<--- SIP read from {%k:}%R --->", SF_LOG_EVENT_RECEIVED },
    { "%H%.<--- Transmitting (%.) to %R --->", SF_LOG_EVENT_SENT },
    { "%H%.Reliably Transmitting (%.) to %R{:}", SF_LOG_EVENT_SENT },
    { "%H%.Retransmitting #%x (%.) to %R{:}", SF_LOG_EVENT_SENT },
    { "%H%.chan_sip.c:", SF_LOG_EVENT_HEAD },
    { NULL, SF_LOG_EVENT_TEXT },
};

/* In some programs only the other entries have the date. */
const sf_log_rule sf_log_sofia_rules[] = {
    { "%H%.recv %n bytes from %k/%R at %T:", SF_LOG_EVENT_RECEIVED },
    { "%H%.send %n bytes to %k/%R at %T:", SF_LOG_EVENT_SENT },
    { "%I %T [%w] %.:%x %*", SF_LOG_EVENT_HEAD },
    { NULL, SF_LOG_EVENT_TEXT },
};

const sf_log_rule sf_log_ribbon_rules[] = {
    { "%x %N %Q:%.RecvMsg - msg = %+", SF_LOG_EVENT_RECEIVED },
    { "%x %N %Q:%.SendMsg - msg = %+", SF_LOG_EVENT_SENT },
    { ", msgLen = %n.%*", SF_LOG_EVENT_CLOSE },
    { NULL, SF_LOG_EVENT_TEXT },
};

const sf_log_rule sf_log_pjsip_rules[] = {
    { "%h%.RX %n bytes %.) from %k %R{:}", SF_LOG_EVENT_RECEIVED },
    { "%h%.TX %n bytes %.) to %k %R{:}", SF_LOG_EVENT_SENT },
    { NULL, SF_LOG_EVENT_TEXT },
};

const sf_log_rule sf_log_sipp_rules[] = {
    { "%k message sent (%n bytes):", SF_LOG_EVENT_SENT },
    { "%k message received [%n] bytes :", SF_LOG_EVENT_RECEIVED },
    { "---%- %I {T}%T%*", SF_LOG_EVENT_HEAD },
    { NULL, SF_LOG_EVENT_TEXT },
};

/* The day comes first. */
const sf_log_rule sf_log_snom_rules[] = {
    { "Received from %k:%R at %E %T (%n bytes):", SF_LOG_EVENT_RECEIVED },
    { "Sent to %k:%R at %E %T (%n bytes):", SF_LOG_EVENT_SENT },
    { NULL, SF_LOG_EVENT_TEXT },
};

const sf_log_rule sf_log_linphone_rules[] = {
    { "%h%.channel [%.]: received [%n] new bytes from [%k://%R]{:}", SF_LOG_EVENT_RECEIVED },
    { "%h%.channel [%.]: message sent to [%k://%R]{, size: [%n] bytes}", SF_LOG_EVENT_SENT },
    { NULL, SF_LOG_EVENT_TEXT },
};

/* The stack of some phones. Old versions do not say where a message came from. */
const sf_log_rule sf_log_exosip_rules[] = {
    { "%h%.Message sent: (to dest=%R{ len=%n})%*", SF_LOG_EVENT_SENT },
    { "%h%.Message recv: (from src=%R{ len=%n})%*", SF_LOG_EVENT_RECEIVED },
    { "%h%.Received message len=%n from %R:", SF_LOG_EVENT_RECEIVED },
    { "| %.> Received{ %k} message:", SF_LOG_EVENT_RECEIVED },
    { NULL, SF_LOG_EVENT_TEXT },
};

/* Some releases write a time of day, all write the time since the start. */
const sf_log_rule sf_log_ipoffice_rules[] = {
    { "%h %umS SIP Rx: %k %R -> %L", SF_LOG_EVENT_RECEIVED },
    { "%h %umS SIP Tx: %k %L -> %R", SF_LOG_EVENT_SENT },
    { "%h%.mS SIP Rx: %k %R -> %L", SF_LOG_EVENT_RECEIVED },
    { "%h%.mS SIP Tx: %k %L -> %R", SF_LOG_EVENT_SENT },
    { NULL, SF_LOG_EVENT_TEXT },
};

const sf_log_rule sf_log_tracesm_rules[] = {
    { "ingress: %.L%L/R%R/%k%*", SF_LOG_EVENT_RECEIVED },
    { "egress: %.L%L/R%R/%k%*", SF_LOG_EVENT_SENT },
    { "%D %T -->", SF_LOG_EVENT_HEAD },
    { "%D %T <--", SF_LOG_EVENT_HEAD },
    { NULL, SF_LOG_EVENT_TEXT },
};
