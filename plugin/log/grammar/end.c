/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Addresses, names and ports.
 */
#include "end.h"

#include "engine/text/key_mark.h"
#include "log/bytes/copy.h"
#include "log/system/system.h"

unsigned sf_log_address_bytes(const char *host, uint8_t bytes[16])
{
    char plain[SF_LOG_MAX_NAME];

    /* A zone index has a meaning only on its own machine. */
    sf_log_copy_string(plain, sizeof plain, (sf_slice){ host, strcspn(host, "%") });
    return sf_system_address(plain, bytes);
}

static bool read_port(sf_slice digits, uint16_t *port)
{
    uint64_t value = 0;

    if (sf_slice_decimal(digits, UINT16_MAX, &value) != SF_OK) {
        return false;
    }
    *port = (uint16_t)value;
    return true;
}

/* Without brackets: true if a port follows the last colon, and a name or an address is before it. */
static bool last_colon_is_port(sf_slice text)
{
    size_t last = sf_slice_find_last(text, ':');
    char host[SF_LOG_MAX_NAME];
    uint8_t bytes[16];
    uint16_t port;

    sf_log_copy_string(host, sizeof host, sf_slice_head(text, last));
    if (last == text.length || !read_port(sf_slice_skip(text, last + 1), &port)) {
        return false;
    }
    return sf_slice_find(text, ':') == last || sf_log_address_bytes(host, bytes) == sizeof bytes;
}

void sf_log_end_read(sf_slice text, sf_slice port, sf_log_end *end)
{
    sf_slice host = sf_slice_trim(text);
    sf_slice found_port = sf_slice_trim(port);

    memset(end, 0, sizeof *end);
    if (sf_has_key_mark(text)) {
        return; /* names of hosts are shown, and no key is */
    }
    if (host.length > 0 && host.text[0] == '[') {
        size_t close = sf_slice_find(host, ']');
        sf_slice rest = sf_slice_skip(host, close + 1);
        host = sf_slice_skip(sf_slice_head(host, close), 1);
        if (rest.length > 0 && rest.text[0] == ':') {
            found_port = sf_slice_skip(rest, 1);
        }
    } else if (found_port.length == 0 && last_colon_is_port(host)) {
        size_t last = sf_slice_find_last(host, ':');
        found_port = sf_slice_skip(host, last + 1);
        host = sf_slice_head(host, last);
    }
    sf_log_copy_string(end->host, sizeof end->host, host);
    read_port(found_port, &end->port);
}
