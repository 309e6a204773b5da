/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Settings of in-band provisioning that are worth reading.
 */
#ifndef SF_ENGINE_BODY_SETTING_H
#define SF_ENGINE_BODY_SETTING_H

#include "engine/text/slice.h"

/** True for a setting that is documented and no secret ([MS-SIPREGE] 2.2.2.5, Lync's schema), in any case. */
bool sf_setting_is_shown(sf_slice name);

#endif
