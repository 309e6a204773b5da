/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The message read by sofia-sip (libsofia-sip-ua-dev).
 */
#include <sofia-sip/msg.h>
#include <sofia-sip/msg_addr.h>
#include <sofia-sip/sdp.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/su_alloc.h>

#include "reader.h"

static bool read_sdp(su_home_t *home, const bench_text *sdp)
{
    sdp_parser_t *parser = sdp_parse(home, sdp->text, (issize_t)sdp->length, sdp_f_insane);
    bool is_read = sdp_session(parser) != NULL;

    sdp_parser_free(parser);
    return is_read;
}

static bool read_message(const bench_input *input)
{
    su_home_t home[1] = { SU_HOME_INIT(home) };
    msg_t *message = msg_make(sip_default_mclass(), 0, input->message.text, (ssize_t)input->message.length);
    const sip_t *sip = message ? sip_object(message) : NULL;
    bool is_read = sip && sip->sip_via && !sip->sip_error;

    for (unsigned i = 0; is_read && i < input->sdp_count; i++) {
        is_read = read_sdp(home, &input->sdps[i]);
    }
    msg_destroy(message);
    su_home_deinit(home);
    return is_read;
}

int main(int argc, char **argv)
{
    return bench_main(argc, argv, read_message);
}
