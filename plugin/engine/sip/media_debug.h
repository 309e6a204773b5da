/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What one end says about the media of a call, in a diagnostics header: the
 * addresses that ICE worked with, and what it met on the way.
 */
#ifndef SF_ENGINE_SIP_MEDIA_DEBUG_H
#define SF_ENGINE_SIP_MEDIA_DEBUG_H

#include "engine/text/number.h"
#include "engine/text/run.h"
#include "engine/text/token.h"

/** The keys that are known. */
typedef enum {
    SF_DEBUG_LOCAL_SITE,
    SF_DEBUG_REMOTE_SITE,
    SF_DEBUG_LOCAL_RELAY,
    SF_DEBUG_REMOTE_RELAY,
    SF_DEBUG_LOCAL_RELAY_TCP_PORT,
    SF_DEBUG_REMOTE_RELAY_TCP_PORT,
    SF_DEBUG_PORT_RANGE,
    SF_DEBUG_LOCAL_LOCATION,
    SF_DEBUG_REMOTE_LOCATION,
    SF_DEBUG_FEDERATION_TYPE,
    SF_DEBUG_NETWORK_NAME,
    SF_DEBUG_INTERFACES,
    SF_DEBUG_BASE_INTERFACE,
    SF_DEBUG_BASE_ADDRESS,
    SF_DEBUG_LOCAL_INTERFACE,
    SF_DEBUG_LOCAL_ADDRESS,
    SF_DEBUG_REMOTE_ADDRESS,
    SF_DEBUG_LOCAL_TYPE,
    SF_DEBUG_REMOTE_TYPE,
    SF_DEBUG_PROTOCOL,
    SF_DEBUG_ICE_ROLE,
    SF_DEBUG_RELAY_NAME,
    SF_DEBUG_RELAY_RESULT,
    SF_DEBUG_NETWORK_ERROR,
    SF_DEBUG_MEDIA_TIMEOUT,
    SF_DEBUG_RTCP_BYE_SENT,
    SF_DEBUG_RTCP_BYE_RECEIVED,
    SF_DEBUG_ICE_WARNING,
    SF_DEBUG_KEYS
} sf_debug_key;

/** One parameter as written: of a diagnostics header or of a media debug value, where it has no place of its own. */
typedef struct {
    sf_slice text; /**< `name=value` */
    sf_slice name;
    sf_slice value; /**< without its quotes */
    bool is_quoted;
} sf_diagnostics_param;

/** Media debug information comes in three forms. */
typedef enum {
    SF_DEBUG_VALUE,      /**< `CallerMediaDebug="audio:ICEWarn=0x0,LocalSite=..."` (Lync 2010 and later) */
    SF_DEBUG_PARAMETERS, /**< each key a parameter of the header: `UserType="Callee";MediaType="audio";ICEWarn="0x0"` */
    SF_DEBUG_CHANNEL     /**< `MediaChanBlob="NetworkErr=no error,..."`, of the media channel rather than of ICE */
} sf_debug_form;

typedef struct {
    sf_debug_form form;
    sf_slice text;                   /**< the parameter; of SF_DEBUG_PARAMETERS from the first one to the last */
    sf_slice side;                   /**< begins with `Caller` or `Callee`; absent if nothing says whose it is */
    sf_slice label;                  /**< `audio`, `main-video`, ... */
    sf_number values[SF_DEBUG_KEYS]; /**< text: as written; value: of numbers alone, 32 bits each */
    sf_number first_port, last_port; /**< of the port range */
    sf_run params;                   /**< further keys, in the array of sf_debug_room */
} sf_media_debug;

/** Where media debug information goes: arrays that all headers of a message share. */
typedef struct {
    sf_media_debug *items; /**< SF_MAX_MEDIA_DEBUGS */
    unsigned *count;
    sf_diagnostics_param *params; /**< SF_MAX_MEDIA_DEBUG_PARAMS */
    unsigned *param_count;
    sf_problems *problems;
} sf_debug_room;

/** What the parameters of a header hold of media debug information. */
typedef struct {
    bool has_values; /**< CallerMediaDebug, CalleeMediaDebug or MediaChanBlob */
    bool has_keys;   /**< a key that nothing else uses is a parameter by itself; so are its siblings, then */
    sf_slice side;   /**< UserType */
    sf_slice label;  /**< MediaType */
} sf_debug_survey;

/** Looks through the parameters of a header, without a word about what is wrong with them. */
sf_debug_survey sf_media_debug_survey(sf_slice params, sf_slice element);

/** True if a parameter of such a header belongs to its media debug information. */
bool sf_media_debug_owns(const sf_debug_survey *survey, const sf_param *param);

/**
 * Reads all media debug information among the parameters of a header, and appends it.
 * @param element  the element of the header that the parameters are of, for reports
 */
void sf_media_debug_read(const sf_debug_survey *survey, sf_slice params, sf_slice element, const sf_debug_room *room);

#endif
