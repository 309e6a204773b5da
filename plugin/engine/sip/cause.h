/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The causes of ITU-T Q.850, which telephone networks give for the end of a call.
 */
#ifndef SF_ENGINE_SIP_CAUSE_H
#define SF_ENGINE_SIP_CAUSE_H

#include <stdint.h>

/** The name of a cause in Q.850 2.2.7; NULL if it has none. */
const char *sf_cause_in_words(uint64_t cause);

#endif
