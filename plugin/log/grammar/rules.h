/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The line grammars, for the table of format.c only. Each ends with a row without a pattern.
 */
#ifndef SF_LOG_GRAMMAR_RULES_H
#define SF_LOG_GRAMMAR_RULES_H

#include "rule.h"

extern const sf_log_rule sf_log_uccapi_rules[];
extern const sf_log_rule sf_log_server_rules[];
extern const sf_log_rule sf_log_s4_rules[];
extern const sf_log_rule sf_log_expressway_rules[];
extern const sf_log_rule sf_log_avaya_rules[];
extern const sf_log_rule sf_log_sipe_rules[];
extern const sf_log_rule sf_log_audiocodes_rules[];
extern const sf_log_rule sf_log_audiocodes_entries[]; /**< inside a record, see parts.h */
extern const sf_log_rule sf_log_sngrep_rules[];
extern const sf_log_rule sf_log_ngrep_rules[];
extern const sf_log_rule sf_log_sipmsg_rules[];
extern const sf_log_rule sf_log_cube_rules[];
extern const sf_log_rule sf_log_cms_rules[];
extern const sf_log_rule sf_log_cucm_rules[];
extern const sf_log_rule sf_log_asterisk_rules[];
extern const sf_log_rule sf_log_sofia_rules[];
extern const sf_log_rule sf_log_ribbon_rules[];
extern const sf_log_rule sf_log_pjsip_rules[];
extern const sf_log_rule sf_log_sipp_rules[];
extern const sf_log_rule sf_log_snom_rules[];
extern const sf_log_rule sf_log_linphone_rules[];
extern const sf_log_rule sf_log_exosip_rules[];
extern const sf_log_rule sf_log_ipoffice_rules[];
extern const sf_log_rule sf_log_tracesm_rules[];

#endif
