/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Fields of bodies: presence.
 */
#include "body_field.h"
#include "parts.h"

#include "engine/body/presence.h"
#include "engine/text/words.h"

static int hf_presence = -1;
static int hf_presence_category = -1;
static int hf_presence_instance = -1;
static int hf_presence_container = -1;
static int hf_presence_expire_type = -1;
static int hf_presence_expires = -1;
static int hf_presence_source = -1;
static int hf_presence_manual = -1;
static int hf_presence_availability = -1;
static int hf_presence_old_availability = -1;
static int hf_presence_old_activity = -1;
static int hf_presence_basic = -1;
static int hf_presence_activity = -1;
static int hf_presence_since = -1;
static int hf_presence_location = -1;
static int hf_presence_device = -1;
static int hf_presence_note_length = -1;
static int hf_presence_note_type = -1;
static int hf_presence_fault = -1;
static int hf_presence_fault_publication = -1;
static int hf_presence_fault_version = -1;
static int hf_presence_fault_current_version = -1;
static int hf_presence_subscription = -1;
static int hf_presence_status = -1;
static int hf_presence_subscriber = -1;
static int hf_presence_acknowledged = -1;

/** Words for a value that is one of these, in any case. */
typedef struct {
    sf_slice value;
    const char *words;
} word;

static const char *find(const word *words, size_t count, const sf_fact *fact)
{
    int row = sf_words_find(words, count, sizeof *words, fact->text);

    return row == SF_WORDS_NONE ? NULL : words[row].words;
}

static const char *availability_words(const sf_fact *fact)
{
    uint64_t value;

    return sf_fact_number(fact, UINT32_MAX, &value) ? sf_availability_name((uint32_t)value) : NULL;
}

static const char *old_availability_words(const sf_fact *fact)
{
    uint64_t value;

    return sf_fact_number(fact, UINT32_MAX, &value) ? sf_old_availability_name((uint32_t)value) : NULL;
}

static const char *old_activity_words(const sf_fact *fact)
{
    uint64_t value;

    return sf_fact_number(fact, UINT32_MAX, &value) ? sf_old_activity_name((uint32_t)value) : NULL;
}

static const char *container_words(const sf_fact *fact)
{
    uint64_t value;

    return sf_fact_number(fact, UINT32_MAX, &value) ? sf_container_name((uint32_t)value) : NULL;
}

static const char *instance_words(const sf_fact *fact)
{
    uint64_t value;

    return sf_fact_number(fact, UINT32_MAX, &value) ? sf_instance_name((uint32_t)value) : NULL;
}

/** The types of a state. */
static const char *source_words(const sf_fact *fact)
{
    static const word words[] = {
        { SF_LITERAL_INIT("userState"), "the user" },
        { SF_LITERAL_INIT("machineState"), "keyboard and mouse of a computer" },
        { SF_LITERAL_INIT("calendarState"), "the calendar" },
        { SF_LITERAL_INIT("phoneState"), "a phone call" },
        { SF_LITERAL_INIT("aggregateMachineState"), "all of the user's computers" },
        { SF_LITERAL_INIT("aggregateState"), "the server, from all sources" },
        { SF_LITERAL_INIT("conferenceState"), "a conference" },
    };

    return find(words, G_N_ELEMENTS(words), fact);
}

/** What ends a publication. */
static const char *lifetime_words(const sf_fact *fact)
{
    static const word words[] = {
        { SF_LITERAL_INIT("static"), "until it is changed" },
        { SF_LITERAL_INIT("user"), "until the user's last client signs out" },
        { SF_LITERAL_INIT("endpoint"), "until this client signs out" },
        { SF_LITERAL_INIT("time"), "for a limited time" },
    };

    return find(words, G_N_ELEMENTS(words), fact);
}

static const char *activity_words(const sf_fact *fact)
{
    return sf_activity_name(fact->text);
}

/** [MS-PRES]. */
static const char *fault_words(const sf_fact *fact)
{
    static const word words[] = {
        { SF_LITERAL_INIT("Client.BadCall.WrongDelta"),
          "the client sent an outdated version: it tries again with the current one" },
    };

    return find(words, G_N_ELEMENTS(words), fact);
}

static const sf_body_field fields[] = {
    { SF_FACT_PRESENCE_CONTACT, &hf_presence, SF_SHAPE_TEXT, true, NULL, NULL },
    { SF_FACT_PRESENCE_CATEGORY, &hf_presence_category, SF_SHAPE_TEXT, true, NULL, NULL },
    { SF_FACT_PRESENCE_INSTANCE, &hf_presence_instance, SF_SHAPE_NUMBER, false, instance_words, NULL },
    { SF_FACT_PRESENCE_CONTAINER, &hf_presence_container, SF_SHAPE_NUMBER, false, container_words, NULL },
    { SF_FACT_PRESENCE_EXPIRE_TYPE, &hf_presence_expire_type, SF_SHAPE_TEXT, false, lifetime_words, NULL },
    { SF_FACT_PRESENCE_EXPIRES, &hf_presence_expires, SF_SHAPE_NUMBER, false, NULL, NULL },
    { SF_FACT_PRESENCE_SOURCE, &hf_presence_source, SF_SHAPE_TEXT, false, source_words, NULL },
    { SF_FACT_PRESENCE_MANUAL, &hf_presence_manual, SF_SHAPE_FLAG, false, NULL, NULL },
    { SF_FACT_PRESENCE_AVAILABILITY, &hf_presence_availability, SF_SHAPE_NUMBER, false, availability_words, NULL },
    { SF_FACT_PRESENCE_OLD_AVAILABILITY, &hf_presence_old_availability, SF_SHAPE_NUMBER, false, old_availability_words,
      NULL },
    { SF_FACT_PRESENCE_OLD_ACTIVITY, &hf_presence_old_activity, SF_SHAPE_NUMBER, false, old_activity_words, NULL },
    { SF_FACT_PRESENCE_BASIC, &hf_presence_basic, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_PRESENCE_ACTIVITY, &hf_presence_activity, SF_SHAPE_TEXT, false, activity_words, NULL },
    { SF_FACT_PRESENCE_SINCE, &hf_presence_since, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_PRESENCE_LOCATION, &hf_presence_location, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_PRESENCE_DEVICE, &hf_presence_device, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_PRESENCE_NOTE, &hf_presence_note_length, SF_SHAPE_LENGTH, false, NULL, NULL },
    { SF_FACT_PRESENCE_NOTE_TYPE, &hf_presence_note_type, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_PRESENCE_FAULT, &hf_presence_fault, SF_SHAPE_TEXT, false, fault_words, NULL },
    { SF_FACT_PRESENCE_FAULT_OPERATION, &hf_presence_fault_publication, SF_SHAPE_TEXT, true, NULL, NULL },
    { SF_FACT_PRESENCE_FAULT_VERSION, &hf_presence_fault_version, SF_SHAPE_NUMBER, false, NULL, NULL },
    { SF_FACT_PRESENCE_FAULT_CURRENT, &hf_presence_fault_current_version, SF_SHAPE_NUMBER, false, NULL, NULL },
    { SF_FACT_PRESENCE_INSTANCE_STATE, &hf_presence_subscription, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_PRESENCE_STATUS, &hf_presence_status, SF_SHAPE_NUMBER, false, NULL, NULL },
    { SF_FACT_PRESENCE_SUBSCRIBER, &hf_presence_subscriber, SF_SHAPE_TEXT, true, NULL, NULL },
    { SF_FACT_PRESENCE_ACKNOWLEDGED, &hf_presence_acknowledged, SF_SHAPE_FLAG, false, NULL, NULL },
};

sf_body_fields sf_body_presence_fields(void)
{
    return (sf_body_fields){ fields, G_N_ELEMENTS(fields) };
}

void sf_body_presence_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_presence,
          { "Contact", "skypefed.presence", FT_STRING, BASE_NONE, NULL, 0, "Whose presence it is", HFILL } },
        { &hf_presence_category,
          { "Category", "skypefed.presence.category", FT_STRING, BASE_NONE, NULL, 0, "Kind of presence information",
            HFILL } },
        { &hf_presence_instance,
          { "Instance", "skypefed.presence.instance", FT_UINT32, BASE_DEC_HEX, NULL, 0, "What publishes it", HFILL } },
        { &hf_presence_container,
          { "Container", "skypefed.presence.container", FT_UINT32, BASE_DEC, NULL, 0,
            "Privacy level of those who see it", HFILL } },
        { &hf_presence_expire_type,
          { "Lifetime", "skypefed.presence.expire_type", FT_STRING, BASE_NONE, NULL, 0, "How long it is valid",
            HFILL } },
        { &hf_presence_expires,
          { "Expires", "skypefed.presence.expires", FT_UINT32, BASE_DEC, NULL, 0, "Seconds; 0 deletes the publication",
            HFILL } },
        { &hf_presence_source,
          { "Source", "skypefed.presence.source", FT_STRING, BASE_NONE, NULL, 0, "Who or what says it", HFILL } },
        { &hf_presence_manual,
          { "Set manually", "skypefed.presence.manual", FT_BOOLEAN, BASE_NONE, NULL, 0, "The user chose this state",
            HFILL } },
        { &hf_presence_availability,
          { "Availability", "skypefed.presence.availability", FT_UINT32, BASE_DEC, NULL, 0,
            "Availability as a number; its word is in the label", HFILL } },
        { &hf_presence_old_activity,
          { "Activity (LCS 2005)", "skypefed.presence.old_activity", FT_UINT32, BASE_DEC, NULL, 0,
            "0 to 800; says nothing of who is offline", HFILL } },
        { &hf_presence_old_availability,
          { "Availability (LCS 2005)", "skypefed.presence.old_availability", FT_UINT32, BASE_DEC, NULL, 0,
            "300 is online, less than 100 offline", HFILL } },
        { &hf_presence_basic,
          { "Basic status", "skypefed.presence.basic", FT_STRING, BASE_NONE, NULL, 0, "open or closed", HFILL } },
        { &hf_presence_activity,
          { "Activity", "skypefed.presence.activity", FT_STRING, BASE_NONE, NULL, 0,
            "What the user does, such as on-the-phone", HFILL } },
        { &hf_presence_since,
          { "Since", "skypefed.presence.since", FT_STRING, BASE_NONE, NULL, 0, "UTC, as written", HFILL } },
        { &hf_presence_location,
          { "Location", "skypefed.presence.location", FT_STRING, BASE_NONE, NULL, 0,
            "office, mobile, home, or the user's words", HFILL } },
        { &hf_presence_device,
          { "Device", "skypefed.presence.device", FT_STRING, BASE_NONE, NULL, 0, "computer, deskphone, mobile or web",
            HFILL } },
        { &hf_presence_note_length,
          { "Note length (bytes)", "skypefed.presence.note_length", FT_UINT32, BASE_DEC, NULL, 0,
            "Length of the note: it is not shown", HFILL } },
        { &hf_presence_note_type,
          { "Note", "skypefed.presence.note_type", FT_STRING, BASE_NONE, NULL, 0,
            "personal, or OOF for an automatic reply", HFILL } },
        { &hf_presence_fault,
          { "Fault", "skypefed.presence.fault", FT_STRING, BASE_NONE, NULL, 0, "Why a publication was refused",
            HFILL } },
        { &hf_presence_fault_publication,
          { "Refused publication", "skypefed.presence.fault.publication", FT_STRING, BASE_NONE, NULL, 0,
            "Its number in the request, from 1", HFILL } },
        { &hf_presence_fault_version,
          { "Version sent", "skypefed.presence.fault.version", FT_UINT32, BASE_DEC, NULL, 0,
            "Version of the category that the publication was for", HFILL } },
        { &hf_presence_fault_current_version,
          { "Current version", "skypefed.presence.fault.current_version", FT_UINT32, BASE_DEC, NULL, 0,
            "Version of the category that the server has", HFILL } },
        { &hf_presence_subscription,
          { "Subscription", "skypefed.presence.subscription", FT_STRING, BASE_NONE, NULL, 0,
            "active, terminated, or resubscribe for one that the client has to make itself", HFILL } },
        { &hf_presence_status,
          { "Response", "skypefed.presence.status", FT_UINT32, BASE_DEC, NULL, 0,
            "SIP response code of the subscription", HFILL } },
        { &hf_presence_subscriber,
          { "Subscriber", "skypefed.presence.subscriber", FT_STRING, BASE_NONE, NULL, 0,
            "Who watches the user's presence", HFILL } },
        { &hf_presence_acknowledged,
          { "Acknowledged", "skypefed.presence.acknowledged", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "False for a new watcher whom the user has not seen yet", HFILL } },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
}
