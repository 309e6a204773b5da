/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Prints the names in the engine's table of Microsoft headers, one a line, for the tests that go through all of them.
 */
#include "engine/sip/microsoft_header.h"

#include <stdio.h>

int main(void)
{
    for (unsigned i = 0; i < sf_ms_header_row_count; i++) {
        puts(sf_ms_header_rows[i].name.text);
    }
    return 0;
}
