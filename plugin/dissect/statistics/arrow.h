/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What an arrow of a diagram says of its message.
 */
#ifndef SF_DISSECT_STATISTICS_ARROW_H
#define SF_DISSECT_STATISTICS_ARROW_H

#include "repeats.h"

/**
 * What is asked or answered: `INVITE`, `re-INVITE (hold)`, `200 to re-INVITE`, `REFER to +442079460188`,
 * `NOTIFY, transfer 200`; `INVITE, retransmission`, or `INVITE, again` where nothing proves that it is one.
 * @return to be freed with g_free()
 */
char *sf_arrow_words(const sf_tap_message *message, sf_repeat repeat);

/** How a repetition is called, a literal; empty for what is none. */
const char *sf_arrow_repeat(sf_repeat repeat);

/** What an answer agreed on, a literal; NULL in other messages. */
const char *sf_arrow_verdict(const sf_tap_message *message);

#endif
