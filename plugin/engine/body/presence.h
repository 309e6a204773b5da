/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Numbers and words of presence. Each function returns a literal, or NULL for
 * what nobody documents.
 */
#ifndef SF_ENGINE_BODY_PRESENCE_H
#define SF_ENGINE_BODY_PRESENCE_H

#include "engine/text/slice.h"

/** The state that an availability means (Lync presence schema); NULL below 3000, where sources disagree. */
const char *sf_availability_name(uint32_t availability);

/** The availability of LCS 2005 (as pidgin-sipe reads it). */
const char *sf_old_availability_name(uint32_t availability);

/** The activity of LCS 2005, which counts for who is not offline. */
const char *sf_old_activity_name(uint32_t activity);

/** The privacy relationship of a container (Lync presence schema). */
const char *sf_container_name(uint32_t container);

/** What publishes an instance of the category `state`: the high 4 bits of its number say so. */
const char *sf_instance_name(uint32_t instance);

/** What an activity's token means, in any case. */
const char *sf_activity_name(sf_slice token);

#endif
