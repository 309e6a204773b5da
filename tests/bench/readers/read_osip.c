/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The message read by osip (libosip2-dev).
 */
#include <osipparser2/osip_message.h>
#include <osipparser2/osip_parser.h>
#include <osipparser2/sdp_message.h>

#include "reader.h"

static bool read_sdp(const bench_text *text)
{
    sdp_message_t *sdp;
    bool is_read = sdp_message_init(&sdp) == 0 && sdp_message_parse(sdp, text->text) == 0;

    sdp_message_free(sdp);
    return is_read;
}

static bool read_message(const bench_input *input)
{
    osip_message_t *message;
    bool is_read = osip_message_init(&message) == 0 &&
                   osip_message_parse(message, input->message.text, input->message.length) == 0;

    for (unsigned i = 0; is_read && i < input->sdp_count; i++) {
        is_read = read_sdp(&input->sdps[i]);
    }
    osip_message_free(message);
    return is_read;
}

int main(int argc, char **argv)
{
    parser_init();
    return bench_main(argc, argv, read_message);
}
