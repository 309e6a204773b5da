/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The makers of certified telephones, gateways and session border controllers, by how their values begin.
 */
#include "vendor.h"

#include "engine/text/words.h"
#include "product_list.h"

/* Makers write a value as they like: a name, a model, a version somewhere behind. The longer name comes first. */
static const struct {
    sf_slice start;
    const char *name;
} vendors[] = {
    { SF_LITERAL_INIT("AUDC"), "AudioCodes phone" },
    { SF_LITERAL_INIT("Audiocodes"), "AudioCodes gateway or session border controller" },
    { SF_LITERAL_INIT("Mediant"), "AudioCodes Mediant gateway or session border controller" },
    { SF_LITERAL_INIT("PolycomRealPresenceGroup"), "Polycom room system" },
    { SF_LITERAL_INIT("PolycomHDX"), "Polycom room system" },
    { SF_LITERAL_INIT("PolycomVVX"), "Polycom VVX phone" },
    { SF_LITERAL_INIT("PolycomTrio"), "Polycom Trio conference phone" },
    { SF_LITERAL_INIT("PolycomRealPresenceTrio"), "Polycom Trio conference phone" },
    { SF_LITERAL_INIT("PolycomSoundPointIP"), "Polycom SoundPoint phone" },
    { SF_LITERAL_INIT("PolycomSoundStationIP"), "Polycom SoundStation conference phone" },
    { SF_LITERAL_INIT("Polycom"), "Polycom phone or room system" },
    { SF_LITERAL_INIT("Yealink"), "Yealink phone" },
    { SF_LITERAL_INIT("snom"), "snom phone" },
    { SF_LITERAL_INIT("Cisco-SIPGateway"), "Cisco gateway or Unified Border Element" },
    { SF_LITERAL_INIT("Cisco-CUCM"), "Cisco Unified Communications Manager" },
    { SF_LITERAL_INIT("Cisco"), "Cisco phone or gateway" },
    { SF_LITERAL_INIT("TANDBERG"), "Cisco Expressway or TelePresence" },
    { SF_LITERAL_INIT("Ribbon"), "Ribbon session border controller" },
    { SF_LITERAL_INIT("Sonus"), "Ribbon (Sonus) session border controller" },
    { SF_LITERAL_INIT("Oracle"), "Oracle session border controller" },
    { SF_LITERAL_INIT("Acme"), "Oracle (Acme Packet) session border controller" },
    { SF_LITERAL_INIT("Avaya"), "Avaya telephone system or phone" },
    { SF_LITERAL_INIT("Asterisk"), "Asterisk" },
    { SF_LITERAL_INIT("FreeSWITCH"), "FreeSWITCH" },
};

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/** All of a version that goes on with letters: `7.20A.258.457`. */
static sf_slice with_build(sf_slice value, sf_slice version)
{
    size_t end = (size_t)(sf_slice_end(version) - value.text);

    while (end < value.length &&
           (g_ascii_isalnum(value.text[end]) ||
            (value.text[end] == '.' && end + 1 < value.length && g_ascii_isalnum(value.text[end + 1])))) {
        end++;
    }
    version.length = (size_t)(value.text + end - version.text);
    return version;
}

/** The first number with a dot in it that follows a separator, with what belongs to it. */
static sf_slice find_version(sf_slice value)
{
    for (size_t i = 1; i < value.length; i++) {
        char before = value.text[i - 1];
        bool may_begin = !g_ascii_isdigit(before) && before != '.' &&
                         (!g_ascii_isalpha(before) || sf_lower(before) == 'v');
        unsigned parts = 0;
        sf_slice version = may_begin ? sf_version_at_start(sf_slice_skip(value, i), &parts) : (sf_slice){ NULL, 0 };
        bool is_dotted_v = before == '.' && i >= 2 && sf_lower(value.text[i - 2]) == 'v';
        if (is_dotted_v) {
            version = sf_version_at_start(sf_slice_skip(value, i), &parts);
        }
        if (parts >= 2) {
            return with_build(value, version);
        }
    }
    return (sf_slice){ NULL, 0 };
}

const char *sf_vendor_read(sf_slice value, sf_slice *version)
{
    int row = SF_WORDS_FIND_START(vendors, value);

    if (row == SF_WORDS_NONE) {
        return NULL;
    }
    size_t length = vendors[row].start.length;
    bool is_longer_word = length < value.length && is_lower(value.text[length]) && is_lower(value.text[length - 1]);
    if (is_longer_word) {
        return NULL;
    }
    *version = find_version(value);
    return vendors[row].name;
}
