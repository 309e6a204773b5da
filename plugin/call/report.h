/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Reports on a call that come in another conversation, often minutes after its
 * end: on its quality, its user's rating, its failure.
 */
#ifndef SF_CALL_REPORT_H
#define SF_CALL_REPORT_H

#include "calls.h"

/**
 * Takes in what the bodies of a message report on calls, after sf_calls_take() has. Of a message that is read for its
 * call alone that is no more than which call it is: long XML would be read for what nobody may ask for.
 * A call is named by the Call-ID and a tag of its caller; by the Call-ID alone only if the report has no tags, and one
 * call alone has it.
 * @param message  its facts; nothing of them is kept by reference
 * @param frame    number of its frame
 * @param note     of the message; its `about` is set to the first call that is reported on
 * @return that call, NULL if there is none
 */
sf_call *sf_calls_take_report(sf_calls *calls, const sf_message *message, uint32_t frame, sf_call_note *note);

/**
 * Takes in, on a later pass, what sf_calls_take_report() has left.
 * @param message  read with SF_READ_ALL
 * @param note     what sf_calls_take_report() made of the message
 */
void sf_calls_take_report_late(sf_calls *calls, const sf_message *message, uint32_t frame, const sf_call_note *note);

#endif
