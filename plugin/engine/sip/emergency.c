/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Priority (RFC 3261 20.26), service URNs (RFC 5031) and Geolocation (RFC 6442).
 */
#include "emergency.h"

#include "engine/text/words.h"

/* RFC 3261 20.26, RFC 7090 */
static const struct {
    sf_slice word;
    const char *meaning;
} priorities[] = {
    { SF_LITERAL_INIT("emergency"), "life, limb or property is in danger" },
    { SF_LITERAL_INIT("psap-callback"), "the emergency center calls back" },
};

void sf_emergency_take_priority(sf_emergency *emergency, sf_slice value)
{
    if (SF_WORDS_FIND(priorities, value) != SF_WORDS_NONE && !sf_slice_present(emergency->priority)) {
        emergency->priority = value;
    }
}

const char *sf_emergency_priority_in_words(sf_slice priority)
{
    int row = SF_WORDS_FIND(priorities, priority);

    return row == SF_WORDS_NONE ? "" : priorities[row].meaning;
}

/* RFC 5031 4.2 and the registry that it made; `sos` alone is any of them. */
static const struct {
    sf_slice name;
    const char *meaning;
} services[] = {
    { SF_LITERAL_INIT("urn:service:sos.ambulance"), "ambulance" },
    { SF_LITERAL_INIT("urn:service:sos.animal-control"), "animal control" },
    { SF_LITERAL_INIT("urn:service:sos.fire"), "fire brigade" },
    { SF_LITERAL_INIT("urn:service:sos.gas"), "gas leaks" },
    { SF_LITERAL_INIT("urn:service:sos.marine"), "coast guard" },
    { SF_LITERAL_INIT("urn:service:sos.mountain"), "mountain rescue" },
    { SF_LITERAL_INIT("urn:service:sos.physician"), "physician" },
    { SF_LITERAL_INIT("urn:service:sos.poison"), "poison control" },
    { SF_LITERAL_INIT("urn:service:sos.police"), "police" },
    { SF_LITERAL_INIT("urn:service:sos"), "any emergency service" },
};

void sf_emergency_take_uri(sf_emergency *emergency, const sf_uri *uri, sf_slice header)
{
    static const sf_slice sos = SF_LITERAL_INIT("urn:service:sos");
    bool is_sos = sf_slice_starts_nocase(uri->text, sos) &&
                  (uri->text.length == sos.length || uri->text.text[sos.length] == '.');

    if (is_sos && !sf_slice_present(emergency->service)) {
        emergency->service = uri->text;
        emergency->service_header = header;
    }
}

const char *sf_emergency_service_in_words(sf_slice service)
{
    int row = SF_WORDS_FIND(services, service);

    return row == SF_WORDS_NONE ? NULL : services[row].meaning;
}

void sf_emergency_take_location(sf_emergency *emergency, sf_slice value)
{
    sf_cursor cursor = sf_cursor_over(value);
    sf_address address;
    sf_slice element;

    if (!sf_slice_present(emergency->location) && sf_list_next(&cursor, NULL, &element)) {
        (void)sf_address_read(element, NULL, &address); /* a cid: or https: URI is no address, and is kept as text */
        emergency->location = address.uri.text.length > 0 ? address.uri.text : element;
    }
}
