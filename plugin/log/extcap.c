/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Output in the format of the extcap interface.
 */
#include "extcap.h"

#include "log/grammar/format.h"

#include <stdio.h>

#ifndef SKYPEFED_VERSION
#define SKYPEFED_VERSION "unknown"
#endif

#define LINKTYPE_WIRESHARK_UPPER_PDU 252

void sf_log_extcap_interfaces(void)
{
    puts("extcap {version=" SKYPEFED_VERSION "}");
    puts("interface {value=skypefed-log}{display=Lync/Skype for Business log}");
}

void sf_log_extcap_dlts(void)
{
    printf("dlt {number=%d}{name=WIRESHARK_UPPER_PDU}{display=SIP messages from a log}\n",
           LINKTYPE_WIRESHARK_UPPER_PDU);
}

void sf_log_extcap_config(void)
{
    puts(
        "arg {number=0}{call=--file}{display=Log file}{type=fileselect}{required=true}{mustexist=true}"
        "{tooltip=UccApilog of a client, text log of OCSLogger or centralized logging, or any other log that --list-formats names}");
    puts("arg {number=1}{call=--format}{display=Format}{type=selector}{default=" SF_LOG_ANY_FORMAT "}"
         "{tooltip=The format is recognized by content; select one to read only that format}");
    puts(
        "arg {number=2}{call=--utc-offset}{display=Time zone}{type=string}{default=auto}"
        "{validation=^(auto|local|Z|[+-][0-9][0-9]:?[0-9][0-9])$}"
        "{tooltip=Time zone of logs that use local time: auto (that of Date headers, else local), local (the zone of this "
        "machine), or an offset such as +02:00}");
    puts("arg {number=3}{call=--follow}{display=Follow the log as it grows}{type=boolflag}{default=true}"
         "{tooltip=Show messages as they are logged, until the capture is stopped}");
    puts("value {arg=1}{value=" SF_LOG_ANY_FORMAT "}{display=Recognize by content}{default=true}");
    for (const sf_log_format *format = sf_log_formats; format->title; format++) {
        printf("value {arg=1}{value=%s}{display=%s}{default=false}\n", sf_log_format_name(format), format->title);
    }
}
