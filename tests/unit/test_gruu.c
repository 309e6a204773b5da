/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * GRUUs of users, servers, conferences, voice mail and location profiles ([MS-SIPRE] 2.2.3).
 */
#include "check.h"
#include "engine/sip/gruu.h"

#define GRID "a6680a354e78424cae0b3241de377835"

typedef struct {
    const char *name;
    const char *uri;
    bool is_gruu;
    sf_gruu_kind kind;
    const char *service;
    const char *role; /**< of a conference */
    const char *id;   /**< of a conference */
    const char *guid;
    bool has_grid;
    bool microsoft;
    const char *problem;
} gruu_row;

static const char teams_meeting[] = "teams:2:0!19:meeting_x-thread.v2!oid!tid";

static const gruu_row gruus[] = {
    { "user-endpoint", "sip:a@example.com;opaque=user:epid:qIIWS2j5AVeD_HxnQdxmlwAA;gruu", .is_gruu = true,
      .kind = SF_GRUU_USER_ENDPOINT, .guid = "4b1682a8-f968-5701-83fc-7c6741dc6697", .microsoft = true },
    { "seed-server",
      "sip:m.example.com@example.net;gruu;opaque=srvr:MediationServer:aXTdrLsH5l-BH67UyIuQpwAA;grid=" GRID,
      .is_gruu = true, .kind = SF_GRUU_SERVER, .service = "MediationServer",
      .guid = "acdd7469-07bb-5fe6-811f-aed4c88b90a7", .has_grid = true, .microsoft = true },
    { "service-with-dots", "sip:a@b;gruu;opaque=srvr:Microsoft.Rtc.Applications.testbot:aXTdrLsH5l-BH67UyIuQpwAA",
      .is_gruu = true, .kind = SF_GRUU_SERVER, .service = "Microsoft.Rtc.Applications.testbot",
      .guid = "acdd7469-07bb-5fe6-811f-aed4c88b90a7", .microsoft = true },
    /* Parameters in either order; Microsoft's tool writes blanks and capitals */
    { "blanks-and-capitals", "sip:a@b; gruu; Opaque=srvr:HomeServer:aXTdrLsH5l-BH67UyIuQpwAA", .is_gruu = true,
      .kind = SF_GRUU_SERVER, .service = "HomeServer", .guid = "acdd7469-07bb-5fe6-811f-aed4c88b90a7",
      .microsoft = true },
    { "conference-focus", "sip:a@b;gruu;opaque=app:conf:focus:id:36022956C3FC3243B8121CD611363ED0", .is_gruu = true,
      .kind = SF_GRUU_CONFERENCE, .role = "focus", .id = "36022956C3FC3243B8121CD611363ED0", .microsoft = true },
    { "conference-audio-video", "sip:a@b;gruu;opaque=app:conf:audio-video:id:B43LT101", .is_gruu = true,
      .kind = SF_GRUU_CONFERENCE, .role = "audio-video", .id = "B43LT101", .microsoft = true },
    { "conference-unknown-role", "sip:a@b;gruu;opaque=app:conf:new-kind:id:8BBGHSMP", .is_gruu = true,
      .kind = SF_GRUU_CONFERENCE, .role = "new-kind", .id = "8BBGHSMP", .microsoft = true },
    { "conference-factory", "sip:a@b;gruu;opaque=app:conf:focusfactory", .is_gruu = true,
      .kind = SF_GRUU_CONFERENCE_FACTORY, .role = "focusfactory", .microsoft = true },
    { "conference-factory-in-other-case", "sip:a@b;gruu;opaque=app:conf:FocusFactory", .is_gruu = true,
      .kind = SF_GRUU_CONFERENCE_FACTORY, .role = "FocusFactory", .microsoft = true },
    { "conference-factory-with-a-cut-id", "sip:a@b;gruu;opaque=app:conf:focusfactory:", .is_gruu = true,
      .kind = SF_GRUU_CONFERENCE, .role = "focusfactory", .microsoft = true, .problem = "The conference GRUU" },
    { "teams-meeting", "sip:a@b;gruu;opaque=app:conf:focus:id:teams:2:0!19:meeting_x-thread.v2!oid!tid",
      .is_gruu = true, .kind = SF_GRUU_CONFERENCE, .role = "focus", .id = teams_meeting, .microsoft = true },
    { "voice-mail", "sip:a@b;opaque=app:voicemail;gruu", .is_gruu = true, .kind = SF_GRUU_VOICE_MAIL,
      .microsoft = true },
    { "location-profile", "sip:a@b;gruu;opaque=app:locationprofile:get;default", .is_gruu = true,
      .kind = SF_GRUU_LOCATION_PROFILE, .microsoft = true },
    { "opaque-of-others", "sip:a@b;gruu;opaque=12345", .is_gruu = true, .kind = SF_GRUU_OTHER },
    { "gruu-alone", "sip:a@b;gruu", .is_gruu = true, .kind = SF_GRUU_OTHER },
    { "gruu-twice", "sip:a@b;gruu;gruu", .is_gruu = true, .kind = SF_GRUU_OTHER },
    { "grid-in-front", "sip:a@b;grid=" GRID ";gruu", .is_gruu = true, .kind = SF_GRUU_OTHER, .has_grid = true },
    { "route-state", "sip:a@b;opaque=state:T:F;lr", .kind = SF_GRUU_OTHER },
    { "no-gruu", "sip:a@b;transport=tls", .kind = SF_GRUU_OTHER },
    /* As a registrar writes the Contact of a client ([MS-SIPRE] 4.8) */
    { "client-without-gruu", "sip:192.0.2.1:51152;transport=tls;ms-opaque=bab87d7e6e;ms-received-cid=244100",
      .kind = SF_GRUU_OTHER, .microsoft = true },
    { "id-cut", "sip:a@b;opaque=user:epid:qIIWS2j5AVeD;gruu", .is_gruu = true, .kind = SF_GRUU_USER_ENDPOINT,
      .microsoft = true, .problem = "The id of the GRUU" },
    { "id-empty", "sip:a@b;opaque=user:epid:;gruu", .is_gruu = true, .kind = SF_GRUU_USER_ENDPOINT, .microsoft = true,
      .problem = "The id of the GRUU" },
    { "server-without-id", "sip:a@b;opaque=srvr:HomeServer;gruu", .is_gruu = true, .kind = SF_GRUU_SERVER,
      .service = "HomeServer", .microsoft = true, .problem = "The id of the GRUU" },
    { "server-without-service", "sip:a@b;opaque=srvr::aXTdrLsH5l-BH67UyIuQpwAA;gruu", .is_gruu = true,
      .kind = SF_GRUU_SERVER, .service = "", .guid = "acdd7469-07bb-5fe6-811f-aed4c88b90a7", .microsoft = true,
      .problem = "The server GRUU" },
    { "server-of-nothing", "sip:a@b;opaque=srvr:;gruu", .is_gruu = true, .kind = SF_GRUU_SERVER, .service = "",
      .microsoft = true, .problem = "The id of the GRUU" },
    { "conference-without-id", "sip:a@b;gruu;opaque=app:conf:focus", .is_gruu = true, .kind = SF_GRUU_CONFERENCE,
      .role = "focus", .microsoft = true, .problem = "The conference GRUU" },
    { "conference-with-empty-id", "sip:a@b;gruu;opaque=app:conf:focus:id:", .is_gruu = true, .kind = SF_GRUU_CONFERENCE,
      .role = "focus", .microsoft = true, .problem = "The conference GRUU" },
    { "conference-with-empty-role", "sip:a@b;gruu;opaque=app:conf::id:1", .is_gruu = true, .kind = SF_GRUU_CONFERENCE,
      .role = "", .microsoft = true, .problem = "The conference GRUU" },
    { "opaque-quote-left-open", "sip:a@b;gruu;opaque=\"srvr:HomeServer:x", .is_gruu = true, .kind = SF_GRUU_SERVER,
      .service = "HomeServer", .microsoft = true, .problem = "The quoted value" },
    { "opaque-empty", "sip:a@b;gruu;opaque=", .is_gruu = true, .kind = SF_GRUU_OTHER, .problem = "opaque" },
    { "opaque-flag", "sip:a@b;gruu;opaque", .is_gruu = true, .kind = SF_GRUU_OTHER, .problem = "opaque" },
    { "grid-cut", "sip:a@b;gruu;grid=a6680a35", .is_gruu = true, .kind = SF_GRUU_OTHER, .problem = "grid" },
    { "grid-cut-in-front", "sip:a@b;grid=a6680a35;gruu", .is_gruu = true, .kind = SF_GRUU_OTHER, .problem = "grid" },
    { "grid-of-others", "sip:a@b;grid=a6680a35", .kind = SF_GRUU_OTHER },
    { "opaque-twice", "sip:a@b;gruu;opaque=app:voicemail;opaque=app:conf:focus:id:1", .is_gruu = true,
      .kind = SF_GRUU_VOICE_MAIL, .microsoft = true, .problem = "The parameter" },
};

static void test_gruu(gconstpointer data)
{
    const gruu_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->uri));
    sf_problems problems;
    sf_uri uri;
    sf_gruu gruu;

    sf_problems_clear(&problems);
    problems.context = SF_LITERAL("Contact");
    g_assert_cmpint(sf_uri_read(input.text, input.text, &problems, &uri), ==, SF_OK);
    g_assert_true(sf_gruu_read(&uri, &problems, &gruu) == row->is_gruu);
    g_assert_cmpint(gruu.kind, ==, row->kind);
    SF_CHECK_SLICE(gruu.header, "Contact");
    SF_CHECK_SLICE(gruu.service, row->service);
    SF_CHECK_SLICE(gruu.conference_role, row->role);
    SF_CHECK_SLICE(gruu.conference_id, row->id);
    g_assert_true(sf_slice_present(gruu.id_text) == (row->guid != NULL));
    if (row->guid) {
        SF_CHECK_GUID(gruu.guid, row->guid);
    }
    SF_CHECK_SLICE(gruu.grid_text, row->has_grid ? GRID : NULL);
    if (row->has_grid) {
        SF_CHECK_GUID(gruu.grid, "a6680a35-4e78-424c-ae0b-3241de377835");
    }
    g_assert_true(gruu.is_microsoft == row->microsoft);
    SF_CHECK_PROBLEM(&problems, row->problem);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/gruu", gruus, test_gruu);
    return g_test_run();
}
