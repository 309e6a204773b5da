/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of log formats. Section numbers are those of log-formats.md.
 */
#include "format.h"

#include "engine/text/words.h"

#include <glib.h>

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
    { "%.MESSAGE START >>>>>>>>>> SIP{(%.)} - %IT%T%Z", SF_LOG_EVENT_SENT },
    { "%.MESSAGE START <<<<<<<<<< SIP{(%.)} - %IT%T%Z", SF_LOG_EVENT_RECEIVED },
    { "%.MESSAGE END >>>>>>>>>> SIP%*", SF_LOG_EVENT_CLOSE },
    { "%.MESSAGE END <<<<<<<<<< SIP%*", SF_LOG_EVENT_CLOSE },
    { NULL, SF_LOG_EVENT_TEXT },
};

/* Section 6. Two blanks are between the session and the text of a record. */
#define AUDIOCODES_HEAD "%h%.[S=%q]{ [SID=%s]}{ [SID:%s]}{ [BID=%.]}"
#define AUDIOCODES_INTERFACE "SIPInterface #%x{ (%i)}{ %k}%.----%_%+"

static const sf_log_rule audiocodes_rules[] = {
    { AUDIOCODES_HEAD "%.---- Incoming SIP Message from %R to " AUDIOCODES_INTERFACE, SF_LOG_EVENT_RECEIVED },
    { AUDIOCODES_HEAD "%.---- Outgoing SIP Message to %R from " AUDIOCODES_INTERFACE, SF_LOG_EVENT_SENT },
    { AUDIOCODES_HEAD "%_%_%+", SF_LOG_EVENT_PART },
    { NULL, SF_LOG_EVENT_TEXT },
};

/*
 * Section 11: one head line before a bare message. They have no end mark, or one that is not needed. The time can be in
 * what a collector of logs puts first, so most begin with %H.
 */
static const sf_log_rule sngrep_rules[] = {
    { "%I %T %L -> %R", SF_LOG_EVENT_SEEN },
    { NULL, SF_LOG_EVENT_TEXT },
};

/* The letter is the transport. The flags of TCP and the number of the packet can follow. */
#define NGREP_ENDS "%L -> %R{ [%.]}{ #%x}"

static const sf_log_rule ngrep_rules[] = {
    { "U %I %T " NGREP_ENDS, SF_LOG_EVENT_SEEN },
    { "T %I %T " NGREP_ENDS, SF_LOG_EVENT_SEEN },
    { "U " NGREP_ENDS, SF_LOG_EVENT_SEEN },
    { "T " NGREP_ENDS, SF_LOG_EVENT_SEEN },
    { NULL, SF_LOG_EVENT_TEXT },
};

static const sf_log_rule sipmsg_rules[] = {
    { "%B %T On {[%.]}%L received from %R", SF_LOG_EVENT_RECEIVED },
    { "%B %T On {[%.]}%L sent to %R", SF_LOG_EVENT_SENT },
    { NULL, SF_LOG_EVENT_TEXT },
};

static const sf_log_rule cube_rules[] = {
    { "%H%.ccsipDisplayMsg: Received:{ SIP %k message from %R}", SF_LOG_EVENT_RECEIVED },
    { "%H%.ccsipDisplayMsg: Sent:{ SIP %k message to %R}", SF_LOG_EVENT_SENT },
    { "%H%.ccsipDisplayMsg:", SF_LOG_EVENT_HEAD },
    { "Received:{ SIP %k message from %R}", SF_LOG_EVENT_RECEIVED },
    { "Sent:{ SIP %k message to %R}", SF_LOG_EVENT_SENT },
    { NULL, SF_LOG_EVENT_TEXT },
};

static const sf_log_rule cms_rules[] = {
    { "%H%.SIP trace: connection %x: incoming SIP %k data from %R{,} {size %n:}", SF_LOG_EVENT_RECEIVED },
    { "%H%.SIP trace: connection %x: outgoing SIP %k data to %R{,} {size %n:}", SF_LOG_EVENT_SENT },
    { NULL, SF_LOG_EVENT_TEXT },
};

static const sf_log_rule cucm_rules[] = {
    { "%h%.Incoming SIP %k message from %R on port %r %.with %n bytes{:}", SF_LOG_EVENT_RECEIVED },
    { "%h%.Incoming SIP %k message size %n from %R{:}", SF_LOG_EVENT_RECEIVED },
    { "%h%.Outgoing SIP %k message to %R on port %r%*", SF_LOG_EVENT_SENT },
    { "%h%.Outgoing SIP %k message to %R{:}", SF_LOG_EVENT_SENT },
    { NULL, SF_LOG_EVENT_TEXT },
};

static const sf_log_rule asterisk_rules[] = {
    { "%H%.<--- Received SIP %w (%n bytes) from %k:%R --->", SF_LOG_EVENT_RECEIVED },
    { "%H%.<--- Transmitting SIP %w (%n bytes) to %k:%R --->", SF_LOG_EVENT_SENT },
    { "%H%.<--- SIP read from {%k:}%R --->", SF_LOG_EVENT_RECEIVED },
    { "%H%.<--- Transmitting (%.) to %R --->", SF_LOG_EVENT_SENT },
    { "%H%.Reliably Transmitting (%.) to %R{:}", SF_LOG_EVENT_SENT },
    { "%H%.Retransmitting #%x (%.) to %R{:}", SF_LOG_EVENT_SENT },
    { "%H%.chan_sip.c:", SF_LOG_EVENT_HEAD },
    { NULL, SF_LOG_EVENT_TEXT },
};

/* The other entries have the date, these only the time. */
static const sf_log_rule sofia_rules[] = {
    { "%.recv %n bytes from %k/%R at %T:", SF_LOG_EVENT_RECEIVED },
    { "%.send %n bytes to %k/%R at %T:", SF_LOG_EVENT_SENT },
    { "%I %T [%w] %.:%x %*", SF_LOG_EVENT_HEAD },
    { NULL, SF_LOG_EVENT_TEXT },
};

static const sf_log_rule ribbon_rules[] = {
    { "%x %N %Q:%.RecvMsg - msg = %+", SF_LOG_EVENT_RECEIVED },
    { "%x %N %Q:%.SendMsg - msg = %+", SF_LOG_EVENT_SENT },
    { NULL, SF_LOG_EVENT_TEXT },
};

static const sf_log_rule pjsip_rules[] = {
    { "%h%.RX %n bytes %.) from %k %R{:}", SF_LOG_EVENT_RECEIVED },
    { "%h%.TX %n bytes %.) to %k %R{:}", SF_LOG_EVENT_SENT },
    { NULL, SF_LOG_EVENT_TEXT },
};

static const sf_log_rule sipp_rules[] = {
    { "%k message sent (%n bytes):", SF_LOG_EVENT_SENT },
    { "%k message received [%n] bytes :", SF_LOG_EVENT_RECEIVED },
    { "---%- %I {T}%T%*", SF_LOG_EVENT_HEAD },
    { NULL, SF_LOG_EVENT_TEXT },
};

static const sf_log_rule linphone_rules[] = {
    { "%h%.channel [%.]: received [%n] new bytes from [%k://%R]{:}", SF_LOG_EVENT_RECEIVED },
    { "%h%.channel [%.]: message sent to [%k://%R]{, size: [%n] bytes}", SF_LOG_EVENT_SENT },
    { NULL, SF_LOG_EVENT_TEXT },
};

static const sf_log_rule ipoffice_rules[] = {
    { "%h%.mS SIP Rx: %k %R -> %L", SF_LOG_EVENT_RECEIVED },
    { "%h%.mS SIP Tx: %k %L -> %R", SF_LOG_EVENT_SENT },
    { NULL, SF_LOG_EVENT_TEXT },
};

static const sf_log_rule tracesm_rules[] = {
    { "ingress: %.L%L/R%R/%k%*", SF_LOG_EVENT_RECEIVED },
    { "egress: %.L%L/R%R/%k%*", SF_LOG_EVENT_SENT },
    { "%D %T -->", SF_LOG_EVENT_HEAD },
    { "%D %T <--", SF_LOG_EVENT_HEAD },
    { NULL, SF_LOG_EVENT_TEXT },
};

#define NAME(literal) SF_LITERAL_INIT(literal)

/* Avaya comes before the servers' log, whose rules would match its `$$begin_record` too. */
const sf_log_format sf_log_formats[] = {
    {
        .names = { NAME("uccapi"), NAME("uccapilog") },
        .title = "client UccApilog",
        .source = "the Tracing folder of a Communicator, Lync or Skype for Business client",
        .rules = uccapi_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_READS,
    },
    {
        .names = { NAME("avaya"), NAME("ccms") },
        .title = "Avaya CCMS SIP log",
        .source = "CCMS_SGM_SipMessages.log of an Avaya application server",
        .rules = avaya_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_HEAD_ENDS | SF_LOG_TRAIT_LABELED,
    },
    {
        .names = { NAME("server"), NAME("cls"), NAME("ocslogger") },
        .title = "OCSLogger or CLS server log",
        .source = "OCSLogger, or Search-CsClsLogging, of a Lync or Skype for Business server",
        .rules = server_rules,
        .zone = SF_LOG_ZONE_BY_MACHINE,
        .traits = SF_LOG_TRAIT_LABELED,
    },
    {
        .names = { NAME("s4"), NAME("ucma") },
        .title = "S4/UCMA server log, format unverified",
        .source = "OCSLogger, or Search-CsClsLogging, for Mediation Server and UCMA applications",
        .rules = s4_rules,
        .zone = SF_LOG_ZONE_BY_MACHINE,
        .traits = SF_LOG_TRAIT_READS,
    },
    {
        .names = { NAME("sipe"), NAME("pidgin") },
        .title = "pidgin-sipe debug log",
        .source = "pidgin -d, or SIPE_DEBUG=yes",
        .rules = sipe_rules,
        .zone = SF_LOG_ZONE_UTC,
        .traits = SF_LOG_TRAIT_READS,
    },
    {
        .names = { NAME("expressway"), NAME("vcs") },
        .title = "Cisco Expressway/VCS diagnostic log",
        .source = "Maintenance > Diagnostics of a Cisco Expressway or VCS",
        .rules = expressway_rules,
        .zone = SF_LOG_ZONE_UTC,
        .traits = SF_LOG_TRAIT_HEAD_ENDS | SF_LOG_TRAIT_BLANK_PREFIX,
    },
    {
        .names = { NAME("audiocodes"), NAME("mediant") },
        .title = "AudioCodes syslog",
        .source = "Syslog Viewer, or any collector of the syslog of an AudioCodes SBC or gateway",
        .rules = audiocodes_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_PARTS,
    },
    {
        .names = { NAME("oracle"), NAME("acme") },
        .title = "Oracle/Acme Packet sipmsg.log",
        .source = "log.sipd and sipmsg.log of an Oracle (Acme Packet) SBC",
        .rules = sipmsg_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("cube"), NAME("ios") },
        .title = "Cisco CUBE debug ccsip messages",
        .source = "debug ccsip messages, or show voip trace, of a Cisco router",
        .rules = cube_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE | SF_LOG_TRAIT_TWO_HEADS,
    },
    {
        .names = { NAME("cms") },
        .title = "Cisco Meeting Server SIP trace",
        .source = "the log of a Cisco Meeting Server with SIP traffic tracing",
        .rules = cms_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("cucm"), NAME("sdl") },
        .title = "Cisco CUCM SDL trace",
        .source = "SDL traces of a Cisco Unified Communications Manager",
        .rules = cucm_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("asterisk") },
        .title = "Asterisk console or full log",
        .source = "pjsip set logger on, or sip set debug on",
        .rules = asterisk_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("freeswitch"), NAME("sofia"), NAME("drachtio") },
        .title = "FreeSWITCH/sofia trace",
        .source = "sofia profile NAME siptrace on; drachtio",
        .rules = sofia_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("ribbon"), NAME("sonus") },
        .title = "Ribbon/Sonus SBC DBG log",
        .source = "DBG files of a Ribbon (Sonus) SBC core",
        .rules = ribbon_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("ngrep"), NAME("sipgrep") },
        .title = "ngrep or sipgrep text",
        .source = "ngrep -W byline -t, or sipgrep",
        .rules = ngrep_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("sngrep") },
        .title = "sngrep text",
        .source = "Save as text in sngrep",
        .rules = sngrep_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("pjsua"), NAME("pjsip") },
        .title = "pjsua or PJSIP log",
        .source = "pjsua and other programs with PJSIP, log level 5",
        .rules = pjsip_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("sipp") },
        .title = "SIPp message log",
        .source = "sipp -trace_msg",
        .rules = sipp_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE | SF_LOG_TRAIT_TWO_HEADS,
    },
    {
        .names = { NAME("linphone"), NAME("belle-sip") },
        .title = "Linphone log",
        .source = "Linphone and other programs with belle-sip",
        .rules = linphone_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("ipoffice") },
        .title = "Avaya IP Office Monitor",
        .source = "System Monitor of an Avaya IP Office",
        .rules = ipoffice_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("tracesm") },
        .title = "Avaya traceSM",
        .source = "traceSM of an Avaya Session Manager",
        .rules = tracesm_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE | SF_LOG_TRAIT_TWO_HEADS,
    },
    {
        .names = { NAME("follow"), NAME("tshark") },
        .title = "followed stream of tshark",
        .source = "tshark -q -z follow,tcp,ascii,0; also udp, tls and sip",
        .zone = SF_LOG_ZONE_UTC,
        .traits = SF_LOG_TRAIT_READS | SF_LOG_TRAIT_STREAM,
    },
    {
        .names = { NAME("paste"), NAME("snooper") },
        .title = "pasted text (Snooper)",
        .source = "Snooper, articles, mails and tickets",
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

/* The anchors of all rules, and the number of the first rule of each format. */
static struct {
    sf_log_anchor_table anchors;
    uint16_t first_rule[G_N_ELEMENTS(sf_log_formats)];
} numbered;

static void number_rules(void)
{
    sf_log_anchor_table_init(&numbered.anchors);
    for (size_t row = 0; row < G_N_ELEMENTS(sf_log_formats); row++) {
        numbered.first_rule[row] = numbered.anchors.count;
        for (const sf_log_rule *rule = sf_log_formats[row].rules; rule && rule->pattern; rule++) {
            sf_log_anchor_table_add(&numbered.anchors, rule->pattern, row);
        }
    }
}

void sf_log_formats_anchors(sf_slice line, sf_log_anchors *found)
{
    static gsize is_made;

    if (g_once_init_enter(&is_made)) {
        number_rules();
        g_once_init_leave(&is_made, 1);
    }
    sf_log_anchors_find(&numbered.anchors, line, found);
}

sf_log_event sf_log_format_match(const sf_log_format *format, sf_slice line, const sf_log_anchors *found,
                                 sf_log_head *head)
{
    size_t row = (size_t)(format - sf_log_formats);
    size_t number = found ? numbered.first_rule[row] : 0;

    if (found && (found->formats >> row & 1) == 0) {
        return SF_LOG_EVENT_TEXT;
    }
    for (const sf_log_rule *rule = format->rules; rule && rule->pattern; rule++, number++) {
        if ((!found || sf_log_anchors_has(found, number)) && sf_log_match(rule->pattern, line, head)) {
            return rule->event;
        }
    }
    return SF_LOG_EVENT_TEXT;
}
