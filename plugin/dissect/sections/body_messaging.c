/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Fields of bodies: instant messages, files, media relays and settings.
 */
#include "body_field.h"
#include "parts.h"

static int hf_messaging_state = -1;
static int hf_messaging_id = -1;
static int hf_messaging_recipient = -1;
static int hf_messaging_status = -1;
static int hf_messaging_command = -1;
static int hf_messaging_cookie = -1;
static int hf_messaging_transfer = -1;
static int hf_messaging_application = -1;
static int hf_messaging_code = -1;
static int hf_messaging_reason = -1;
static int hf_messaging_file_name_length = -1;
static int hf_messaging_file_size = -1;
static int hf_messaging_port = -1;
static int hf_messaging_secret_length = -1;
static int hf_relay_reason = -1;
static int hf_relay_location = -1;
static int hf_relay_duration = -1;
static int hf_relay = -1;
static int hf_relay_host = -1;
static int hf_relay_udp_port = -1;
static int hf_relay_tcp_port = -1;
static int hf_relay_secret_length = -1;
static int hf_settings = -1;
static int hf_settings_value = -1;

static const char *delivery_words(const sf_fact *fact)
{
    uint64_t status;

    if (!sf_fact_number(fact, 699, &status) || status < 200) {
        return NULL;
    }
    return status < 300 ? "delivered" : "not delivered";
}

static const sf_body_field fields[] = {
    { SF_FACT_MESSAGING_STATE, &hf_messaging_state, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_MESSAGING_ID, &hf_messaging_id, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_MESSAGING_RECIPIENT, &hf_messaging_recipient, SF_SHAPE_TEXT, true, NULL, NULL },
    { SF_FACT_MESSAGING_STATUS, &hf_messaging_status, SF_SHAPE_NUMBER, false, delivery_words, NULL },
    { SF_FACT_MESSAGING_COMMAND, &hf_messaging_command, SF_SHAPE_TEXT, true, NULL, NULL },
    { SF_FACT_MESSAGING_COOKIE, &hf_messaging_cookie, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_MESSAGING_TRANSFER, &hf_messaging_transfer, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_MESSAGING_APPLICATION, &hf_messaging_application, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_MESSAGING_CODE, &hf_messaging_code, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_MESSAGING_REASON, &hf_messaging_reason, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_MESSAGING_FILE, &hf_messaging_file_name_length, SF_SHAPE_LENGTH, false, NULL, NULL },
    { SF_FACT_MESSAGING_FILE_SIZE, &hf_messaging_file_size, SF_SHAPE_NUMBER, false, NULL, NULL },
    { SF_FACT_MESSAGING_PORT, &hf_messaging_port, SF_SHAPE_NUMBER, false, NULL, NULL },
    { SF_FACT_MESSAGING_SECRET, &hf_messaging_secret_length, SF_SHAPE_LENGTH, false, NULL, NULL },
    { SF_FACT_RELAY_REASON, &hf_relay_reason, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_RELAY_LOCATION, &hf_relay_location, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_RELAY_DURATION, &hf_relay_duration, SF_SHAPE_NUMBER, false, NULL, " minutes" },
    { SF_FACT_RELAY_HOST, &hf_relay, SF_SHAPE_TEXT, true, NULL, NULL },
    { SF_FACT_RELAY_HOST_NAME, &hf_relay_host, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_RELAY_UDP_PORT, &hf_relay_udp_port, SF_SHAPE_NUMBER, false, NULL, NULL },
    { SF_FACT_RELAY_TCP_PORT, &hf_relay_tcp_port, SF_SHAPE_NUMBER, false, NULL, NULL },
    { SF_FACT_RELAY_SECRET, &hf_relay_secret_length, SF_SHAPE_LENGTH, false, NULL, NULL },
    { SF_FACT_SETTING_GROUP, &hf_settings, SF_SHAPE_TEXT, true, NULL, NULL },
    { SF_FACT_SETTING, &hf_settings_value, SF_SHAPE_SETTING, false, NULL, NULL },
};

sf_body_fields sf_body_messaging_fields(void)
{
    return (sf_body_fields){ fields, G_N_ELEMENTS(fields) };
}

void sf_body_messaging_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_messaging_state,
          { "Typing", "skypefed.messaging.state", FT_STRING, BASE_NONE, NULL, 0, "active or idle", HFILL } },
        { &hf_messaging_id,
          { "Message id", "skypefed.messaging.id", FT_STRING, BASE_NONE, NULL, 0,
            "Message-Id of the message that the notice is about", HFILL } },
        { &hf_messaging_recipient,
          { "Recipient", "skypefed.messaging.recipient", FT_STRING, BASE_NONE, NULL, 0,
            "To whom a message was delivered, or not", HFILL } },
        { &hf_messaging_status,
          { "Response", "skypefed.messaging.status", FT_UINT32, BASE_DEC, NULL, 0, "SIP response code of the recipient",
            HFILL } },
        { &hf_messaging_command,
          { "Command", "skypefed.messaging.command", FT_STRING, BASE_NONE, NULL, 0,
            "Command of a file transfer or an invitation", HFILL } },
        { &hf_messaging_cookie,
          { "Transaction", "skypefed.messaging.cookie", FT_STRING, BASE_NONE, NULL, 0,
            "Links the messages of a transfer", HFILL } },
        { &hf_messaging_transfer,
          { "Canceled transfer", "skypefed.messaging.canceled_id", FT_STRING, BASE_NONE, NULL, 0,
            "Id of the request that began the transfer which is canceled", HFILL } },
        { &hf_messaging_application,
          { "Application", "skypefed.messaging.application", FT_STRING, BASE_NONE, NULL, 0,
            "What the other side is invited to", HFILL } },
        { &hf_messaging_code,
          { "Result", "skypefed.messaging.code", FT_STRING, BASE_NONE, NULL, 0, "How it ended", HFILL } },
        { &hf_messaging_reason,
          { "Reason", "skypefed.messaging.reason", FT_STRING, BASE_NONE, NULL, 0, "Reason that the sender gives",
            HFILL } },
        { &hf_messaging_file_name_length,
          { "File name length (bytes)", "skypefed.messaging.file_name_length", FT_UINT32, BASE_DEC, NULL, 0,
            "Length of the name of the file: it is not shown", HFILL } },
        { &hf_messaging_file_size,
          { "File size", "skypefed.messaging.file_size", FT_UINT64, BASE_DEC, NULL, 0, "Bytes", HFILL } },
        { &hf_messaging_port,
          { "Port", "skypefed.messaging.port", FT_UINT32, BASE_DEC, NULL, 0, "TCP port on which the file is offered",
            HFILL } },
        { &hf_messaging_secret_length,
          { "Secret, bytes", "skypefed.messaging.secret_length", FT_UINT32, BASE_DEC, NULL, 0,
            "Length of a key or cookie: it is not shown", HFILL } },
        { &hf_relay_reason,
          { "Result", "skypefed.relay.reason", FT_STRING, BASE_NONE, NULL, 0,
            "OK, or why there are no credentials: without them, there are no relay candidates", HFILL } },
        { &hf_relay_location,
          { "Location", "skypefed.relay.location", FT_STRING, BASE_NONE, NULL, 0, "internet or intranet", HFILL } },
        { &hf_relay_duration,
          { "Valid for", "skypefed.relay.duration", FT_UINT32, BASE_DEC, NULL, 0,
            "Lifetime of the credentials (unit inferred); minutes", HFILL } },
        { &hf_relay, { "Media relay", "skypefed.relay", FT_STRING, BASE_NONE, NULL, 0, "One media relay", HFILL } },
        { &hf_relay_host,
          { "Host", "skypefed.relay.host", FT_STRING, BASE_NONE, NULL, 0, "Name of the media relay", HFILL } },
        { &hf_relay_udp_port,
          { "UDP port", "skypefed.relay.udp_port", FT_UINT32, BASE_DEC, NULL, 0, "Port of the media relay for UDP",
            HFILL } },
        { &hf_relay_tcp_port,
          { "TCP port", "skypefed.relay.tcp_port", FT_UINT32, BASE_DEC, NULL, 0, "Port of the media relay for TCP",
            HFILL } },
        { &hf_relay_secret_length,
          { "Secret, bytes", "skypefed.relay.secret_length", FT_UINT32, BASE_DEC, NULL, 0,
            "Length of a user name or password: it is not shown", HFILL } },
        { &hf_settings,
          { "Settings", "skypefed.settings", FT_STRING, BASE_NONE, NULL, 0, "Group of settings", HFILL } },
        { &hf_settings_value,
          { "Setting", "skypefed.settings.value", FT_STRING, BASE_NONE, NULL, 0,
            "Name and value of a setting that is known to be no secret", HFILL } },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
}
