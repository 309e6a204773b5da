/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of log formats.
 */
#include "format.h"

#include "engine/text/words.h"
#include "rules.h"

#include <glib.h>

#define NAME(literal) SF_LITERAL_INIT(literal)

/* Avaya comes before the servers' log, whose rules would match its `$$begin_record` too. */
const sf_log_format sf_log_formats[] = {
    {
        .names = { NAME("uccapi"), NAME("uccapilog") },
        .title = "client UccApilog",
        .source = "the Tracing folder of a Communicator, Lync or Skype for Business client",
        .rules = sf_log_uccapi_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_READS,
    },
    {
        .names = { NAME("avaya"), NAME("ccms") },
        .title = "Avaya CCMS SIP log",
        .source = "CCMS_SGM_SipMessages.log of an Avaya application server",
        .rules = sf_log_avaya_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_HEAD_ENDS | SF_LOG_TRAIT_LABELED,
    },
    {
        .names = { NAME("server"), NAME("cls"), NAME("ocslogger") },
        .title = "OCSLogger or CLS server log",
        .source = "OCSLogger, or Search-CsClsLogging, of a Lync or Skype for Business server",
        .rules = sf_log_server_rules,
        .zone = SF_LOG_ZONE_BY_MACHINE,
        .traits = SF_LOG_TRAIT_LABELED,
    },
    {
        .names = { NAME("s4"), NAME("ucma") },
        .title = "S4/UCMA server log, format unverified",
        .source = "OCSLogger, or Search-CsClsLogging, for Mediation Server and UCMA applications",
        .rules = sf_log_s4_rules,
        .zone = SF_LOG_ZONE_BY_MACHINE,
        .traits = SF_LOG_TRAIT_READS,
    },
    {
        .names = { NAME("sipe"), NAME("pidgin") },
        .title = "pidgin-sipe debug log",
        .source = "pidgin -d, or SIPE_DEBUG=yes",
        .rules = sf_log_sipe_rules,
        .zone = SF_LOG_ZONE_UTC,
        .traits = SF_LOG_TRAIT_READS,
    },
    {
        .names = { NAME("expressway"), NAME("vcs") },
        .title = "Cisco Expressway/VCS diagnostic log",
        .source = "Maintenance > Diagnostics of a Cisco Expressway or VCS",
        .rules = sf_log_expressway_rules,
        .zone = SF_LOG_ZONE_UTC,
        .traits = SF_LOG_TRAIT_HEAD_ENDS | SF_LOG_TRAIT_BLANK_PREFIX,
    },
    {
        .names = { NAME("audiocodes"), NAME("mediant") },
        .title = "AudioCodes syslog",
        .source = "Syslog Viewer, or any collector of the syslog of an AudioCodes SBC or gateway",
        .rules = sf_log_audiocodes_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_PARTS,
    },
    {
        .names = { NAME("oracle"), NAME("acme") },
        .title = "Oracle/Acme Packet sipmsg.log",
        .source = "log.sipd and sipmsg.log of an Oracle (Acme Packet) SBC",
        .rules = sf_log_sipmsg_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("cube"), NAME("ios") },
        .title = "Cisco CUBE debug ccsip messages",
        .source = "debug ccsip messages, or show voip trace, of a Cisco router",
        .rules = sf_log_cube_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE | SF_LOG_TRAIT_TWO_HEADS,
    },
    {
        .names = { NAME("cms") },
        .title = "Cisco Meeting Server SIP trace",
        .source = "the log of a Cisco Meeting Server with SIP traffic tracing",
        .rules = sf_log_cms_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("cucm"), NAME("sdl") },
        .title = "Cisco CUCM SDL trace",
        .source = "SDL traces of a Cisco Unified Communications Manager",
        .rules = sf_log_cucm_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("asterisk") },
        .title = "Asterisk console or full log",
        .source = "pjsip set logger on, or sip set debug on",
        .rules = sf_log_asterisk_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("freeswitch"), NAME("sofia"), NAME("drachtio") },
        .title = "FreeSWITCH/sofia trace",
        .source = "sofia profile NAME siptrace on; drachtio",
        .rules = sf_log_sofia_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("ribbon"), NAME("sonus") },
        .title = "Ribbon/Sonus SBC DBG log",
        .source = "DBG files of a Ribbon (Sonus) SBC core",
        .rules = sf_log_ribbon_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("ngrep"), NAME("sipgrep") },
        .title = "ngrep or sipgrep text",
        .source = "ngrep -W byline -t, or sipgrep",
        .rules = sf_log_ngrep_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("sngrep") },
        .title = "sngrep text",
        .source = "Save as text in sngrep",
        .rules = sf_log_sngrep_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("pjsua"), NAME("pjsip") },
        .title = "pjsua or PJSIP log",
        .source = "pjsua and other programs with PJSIP, log level 5",
        .rules = sf_log_pjsip_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("sipp") },
        .title = "SIPp message log",
        .source = "sipp -trace_msg",
        .rules = sf_log_sipp_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE | SF_LOG_TRAIT_TWO_HEADS,
    },
    {
        .names = { NAME("snom") },
        .title = "snom SIP trace",
        .source = "the SIP Trace page of a snom phone",
        .rules = sf_log_snom_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("linphone"), NAME("belle-sip") },
        .title = "Linphone log",
        .source = "Linphone and other programs with belle-sip",
        .rules = sf_log_linphone_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("exosip"), NAME("yealink") },
        .title = "eXosip or Yealink log",
        .source = "the syslog or local log of a Yealink phone, and other programs with eXosip",
        .rules = sf_log_exosip_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("ipoffice") },
        .title = "Avaya IP Office Monitor",
        .source = "System Monitor of an Avaya IP Office",
        .rules = sf_log_ipoffice_rules,
        .zone = SF_LOG_ZONE_LOCAL,
        .traits = SF_LOG_TRAIT_BARE,
    },
    {
        .names = { NAME("tracesm") },
        .title = "Avaya traceSM",
        .source = "traceSM of an Avaya Session Manager",
        .rules = sf_log_tracesm_rules,
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
        .title = "pasted text, or the log of another program",
        .source = "Snooper, articles, mails, tickets; syslog of Kamailio, OpenSIPS, Polycom, AudioCodes phones",
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
