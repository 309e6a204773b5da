/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ICEWarn: what a client's ICE process met on its way to a media path. A flag is
 * not always a fault: some are set in every call through NAT, some only inform.
 */
#ifndef SF_ENGINE_SIP_ICE_WARNING_H
#define SF_ENGINE_SIP_ICE_WARNING_H

#include "engine/text/slice.h"
#include "ice_ends.h"

/** How much a flag weighs. */
typedef enum {
    SF_ICE_FAILURE,    /**< may be why a call has no media */
    SF_ICE_EXPECTED,   /**< set in good calls too, with NAT or a firewall between the ends */
    SF_ICE_INFORMATION /**< no failure at all */
} sf_ice_class;

/** Which bit means what. */
typedef enum {
    SF_ICE_LYNC,     /**< Lync 2010 and later, and wherever the product is not known */
    SF_ICE_OCS_2007, /**< Office Communications Server 2007 and 2007 R2 */
    SF_ICE_NUMBERINGS
} sf_ice_numbering;

/** What a flag means. */
typedef struct {
    const char *name;                 /**< of the flag's field, below skypefed.ice_warning */
    sf_ice_class weight;              /**< as sf_ice_weight() has it where nothing is known of the ends */
    uint32_t bits[SF_ICE_NUMBERINGS]; /**< 0 where the numbering has no such flag, two where it has two */
    const char *words;                /**< what happened */
    const char *check;                /**< what to check or to know about it; NULL for nothing more */
} sf_ice_meaning;

/** How many meanings there are, at most 32: sf_ice_flags has a bit for each. */
#define SF_ICE_MEANINGS 29

/** All meanings, in the order of their bits of SF_ICE_LYNC; those of SF_ICE_OCS_2007 alone come last. */
extern const sf_ice_meaning sf_ice_meanings[SF_ICE_MEANINGS];

/** The flags of a value. */
typedef struct {
    uint32_t meanings; /**< bit n for sf_ice_meanings[n] */
    uint32_t unknown;  /**< bits of the value that have no meaning */
} sf_ice_flags;

/** The flags of a value of ICEWarn. */
sf_ice_flags sf_ice_flags_of(uint32_t warning, sf_ice_numbering numbering);

/**
 * What a meaning weighs in a call between two ends. That no direct path was found is no news with NAT between them; of
 * two ends in one network it is a failure.
 */
sf_ice_class sf_ice_weight(const sf_ice_meaning *meaning, sf_ice_ends ends);

/** The meanings of one weight among the flags. */
uint32_t sf_ice_flags_weighing(sf_ice_flags flags, sf_ice_class weight, sf_ice_ends ends);

/**
 * The numbering of a client or server. That footnote 57 of [MS-QoE] 2.2.1.7.1, which has the other numbering, speaks
 * of OCS 2007 and 2007 R2 is inferred; any doubt about the product gives SF_ICE_LYNC.
 * @param product  what its User-Agent or Server header begins with (`UCCAPI/3.5.6907.206`); may be absent
 */
sf_ice_numbering sf_ice_numbering_of(sf_slice product);

/**
 * What an unknown bit of SF_ICE_LYNC may mean by its place.
 * @return a literal, or NULL for most bits
 */
const char *sf_ice_guess(uint32_t bit);

#endif
