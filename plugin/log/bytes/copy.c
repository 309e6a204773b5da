/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Copies of slices.
 */
#include "copy.h"

void sf_log_append(GByteArray *out, sf_slice s)
{
    if (s.length > 0) {
        g_byte_array_append(out, (const guint8 *)s.text, (guint)s.length);
    }
}

void sf_log_copy_string(char *buffer, size_t size, sf_slice text)
{
    buffer[0] = '\0';
    if (text.length < size) {
        if (text.length > 0) {
            memcpy(buffer, text.text, text.length);
        }
        buffer[text.length] = '\0';
    }
}
