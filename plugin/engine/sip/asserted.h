/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a trusted network asserts of a caller: P-Asserted-Identity (RFC 3325),
 * and who may see it: Privacy (RFC 3323).
 */
#ifndef SF_ENGINE_SIP_ASSERTED_H
#define SF_ENGINE_SIP_ASSERTED_H

#include "identity.h"

/** RFC 3325 9.1 allows two identities, RFC 3323 4.2 and its successors name eight words of privacy. */
enum { SF_MAX_ASSERTED_IDENTITIES = 4, SF_MAX_PRIVACY = 8 };

typedef struct {
    sf_identity identities[SF_MAX_ASSERTED_IDENTITIES];
    unsigned identity_count;
    sf_slice privacy[SF_MAX_PRIVACY]; /**< words as written */
    unsigned privacy_count;
} sf_asserted;

/** Adds the words of a Privacy header. Those beyond SF_MAX_PRIVACY are left out. */
void sf_asserted_add_privacy(sf_asserted *asserted, sf_slice value);

/** What a word of Privacy asks for; NULL if it is not known. */
const char *sf_privacy_in_words(sf_slice word);

/** True for a caller who withholds the address: anonymous@anonymous.invalid (RFC 3323 4.1.1.3), or any like it. */
bool sf_identity_is_withheld(const sf_identity *identity);

/** True for an address whose user part is a telephone number, international or not. */
bool sf_identity_is_number(const sf_identity *identity);

/** True if both are the same number, by the rule of sf_asserted_differs(), or the same address that is no number. */
bool sf_identity_is_same(const sf_identity *one, const sf_identity *other);

/**
 * True if the caller is another one than the network asserts. Numbers are compared with numbers, names with names; a
 * number that ends in the other, as an extension or a national number does, is the same. A caller who withholds the
 * address differs from nobody.
 */
bool sf_asserted_differs(const sf_asserted *asserted, const sf_identity *caller);

#endif
