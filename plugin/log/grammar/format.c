/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of log formats. Section numbers are those of log-formats.md.
 */
#include "format.h"

#include "engine/text/words.h"

/*
 * Section 1: the client's log. `Data Received -` has no blank after its dash. Addresses and byte count can be
 * missing.
 */
#define UCCAPI_PREFIX "%D|%T %p:%t %w ::"
#define UCCAPI_DETAILS "{ -} {%R} {(%w Local Address: %L)} {%n bytes} {:}"

static const sf_log_rule uccapi_rules[] = {
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

static const sf_log_rule server_rules[] = {
    { SERVER_HEAD " %.$$begin_record", SF_LOG_EVENT_OPEN },
    { SERVER_HEAD "%*", SF_LOG_EVENT_HEAD },
    { "TL_%*", SF_LOG_EVENT_FOLD },
    { "%.$$begin_record", SF_LOG_EVENT_OPEN },
    { "$$end_record", SF_LOG_EVENT_CLOSE },
    { NULL, SF_LOG_EVENT_TEXT },
};

/* Section 3: UCMA and the Mediation Server, in the same files; the first address is the local one. */
static const sf_log_rule s4_rules[] = {
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

static const sf_log_rule expressway_rules[] = {
    { EXPRESSWAY_SIP " Src-ip=\" %R \" Src-port=\" %r \"%*", SF_LOG_EVENT_RECEIVED },
    { EXPRESSWAY_SIP " Dst-ip=\" %R \" Dst-port=\" %r \"%*", SF_LOG_EVENT_SENT },
    { EXPRESSWAY_HEAD "%*", SF_LOG_EVENT_HEAD },
    { NULL, SF_LOG_EVENT_TEXT },
};

/* Section 7: the day comes first. Older versions mark neither the beginning nor the end of a record. */
#define AVAYA_HEAD "%E-%T {[0x%t]} -"

static const sf_log_rule avaya_rules[] = {
    { AVAYA_HEAD " --> %.IP: %R) :{$$begin_record}", SF_LOG_EVENT_SENT },
    { AVAYA_HEAD " <-- %.IP: %R) :{$$begin_record}", SF_LOG_EVENT_RECEIVED },
    { AVAYA_HEAD " --> message sent to %R {:} {$$begin_record}", SF_LOG_EVENT_SENT },
    { AVAYA_HEAD " <-- message received from %R {:} {$$begin_record}", SF_LOG_EVENT_RECEIVED },
    { "%E-%T %*", SF_LOG_EVENT_HEAD },
    { "$$end_record", SF_LOG_EVENT_CLOSE },
    { NULL, SF_LOG_EVENT_TEXT },
};

/* Section 7: clients put different things before the marker, but the marker with its time is always the same. */
static const sf_log_rule sipe_rules[] = {
    { "%.MESSAGE START >>>>>>>>>> SIP(%.) - %IT%T%Z", SF_LOG_EVENT_SENT },
    { "%.MESSAGE START <<<<<<<<<< SIP(%.) - %IT%T%Z", SF_LOG_EVENT_RECEIVED },
    { "%.MESSAGE END >>>>>>>>>> SIP(%*", SF_LOG_EVENT_CLOSE },
    { "%.MESSAGE END <<<<<<<<<< SIP(%*", SF_LOG_EVENT_CLOSE },
    { NULL, SF_LOG_EVENT_TEXT },
};

#define NAME(literal) SF_LITERAL_INIT(literal)

/* Avaya comes before the servers' log, whose rules would match its `$$begin_record` too. */
const sf_log_format sf_log_formats[] = {
    {
        .names = { NAME("uccapi"), NAME("uccapilog") },
        .title = "client UccApilog",
        .rules = uccapi_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_READS,
    },
    {
        .names = { NAME("avaya"), NAME("ccms") },
        .title = "Avaya CCMS SIP log",
        .rules = avaya_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_HEAD_ENDS | SF_LOG_TRAIT_LABELED,
    },
    {
        .names = { NAME("server"), NAME("cls"), NAME("ocslogger") },
        .title = "OCSLogger or CLS server log",
        .rules = server_rules,
        .zone = SF_LOG_ZONE_BY_MACHINE,
        .traits = SF_LOG_TRAIT_LABELED,
    },
    {
        .names = { NAME("s4"), NAME("ucma") },
        .title = "S4/UCMA server log, format unverified",
        .rules = s4_rules,
        .zone = SF_LOG_ZONE_BY_MACHINE,
        .traits = SF_LOG_TRAIT_READS,
    },
    {
        .names = { NAME("sipe"), NAME("pidgin") },
        .title = "pidgin-sipe debug log",
        .rules = sipe_rules,
        .zone = SF_LOG_ZONE_UTC,
        .traits = SF_LOG_TRAIT_READS,
    },
    {
        .names = { NAME("expressway"), NAME("vcs") },
        .title = "Cisco Expressway/VCS diagnostic log",
        .rules = expressway_rules,
        .zone = SF_LOG_ZONE_UTC,
        .traits = SF_LOG_TRAIT_HEAD_ENDS | SF_LOG_TRAIT_BLANK_PREFIX,
    },
    {
        .names = { NAME("paste"), NAME("snooper") },
        .title = "pasted text (Snooper)",
        .zone = SF_LOG_ZONE_UTC,
        .traits = SF_LOG_TRAIT_LABELED,
    },
    { .title = NULL },
};

const sf_log_format *sf_log_format_find(sf_slice name)
{
    for (const sf_log_format *format = sf_log_formats; format->title && name.length > 0; format++) {
        if (SF_WORDS_FIND(format->names, name) != SF_WORDS_NONE) {
            return format;
        }
    }
    return NULL;
}

sf_log_event sf_log_format_match(const sf_log_format *format, sf_slice line, sf_log_head *head)
{
    for (const sf_log_rule *rule = format->rules; rule && rule->pattern; rule++) {
        if (sf_log_match(rule->pattern, line, head)) {
            return rule->event;
        }
    }
    return SF_LOG_EVENT_TEXT;
}
