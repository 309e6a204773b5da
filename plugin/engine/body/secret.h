/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Bodies that have a password, a key or a link that lets anybody in.
 */
#ifndef SF_ENGINE_BODY_SECRET_H
#define SF_ENGINE_BODY_SECRET_H

#include "engine/text/slice.h"

/**
 * True if a body has the value of a secret by its name (element, attribute, attribute that names another, or
 * `Name: value` line), or a media key. The text need not be well formed, and may be cut: what could be a secret is
 * one, and so is what cannot be looked through, text with NUL bytes or in UTF-16. Time is linear in its length.
 */
bool sf_body_has_secret(sf_slice text);

#endif
