/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A command in a body and its answer, which comes in another message: where the
 * other one is, and what came of it.
 */
#include "body_field.h"
#include "parts.h"

#include "dissect/view/label.h"

static int hf_conference_request_in = -1;
static int hf_conference_response_in = -1;
static int hf_conference_time = -1;
static int hf_conference_result = -1;
static int hf_conference_refused = -1;
static int hf_messaging_request_in = -1;
static int hf_messaging_response_in = -1;
static int hf_messaging_result = -1;

static expert_field ei_refused = EI_INIT;

static sf_slice name_of(const sf_command *command)
{
    return (sf_slice){ command->name, command->name_length };
}

static sf_slice reason_of(const sf_command *command)
{
    return (sf_slice){ command->reason, command->reason_length };
}

/** `success`, `failure, forbidden`, `refused with 603`; an empty text while nothing is known. */
static void add_result(sf_label *label, const sf_command *command)
{
    static const char *const words[] = {
        [SF_COMMAND_OPEN] = "",
        [SF_COMMAND_PENDING] = "pending",
        [SF_COMMAND_ACCEPTED] = "accepted",
        [SF_COMMAND_SUCCEEDED] = "success",
        [SF_COMMAND_FAILED] = "failure",
    };

    if (command->status_code) {
        sf_label_add(label, "refused with ");
        sf_label_add_number(label, command->status_code);
        return;
    }
    sf_label_add(label, command->is_file && command->result == SF_COMMAND_FAILED ? "ended" : words[command->result]);
    if (command->result != SF_COMMAND_OPEN) {
        sf_label_add_part(label, ", ", reason_of(command), "");
    }
}

static void show_request(const sf_view *view, proto_tree *tree, const sf_command *command)
{
    sf_slice where = view->message->call_id;
    sf_label label;

    if (!command->answer_in) {
        return;
    }
    sf_derived(sf_view_integer(view, tree, command->is_file ? hf_messaging_response_in : hf_conference_response_in,
                               where, command->answer_in));
    sf_label_begin(&label, view);
    add_result(&label, command);
    if (label.length > 0) {
        sf_derived(sf_view_words(view, tree, command->is_file ? hf_messaging_result : hf_conference_result, where,
                                 label.text));
    }
}

static void show_answer(const sf_view *view, proto_tree *tree, const sf_command *command)
{
    sf_slice where = view->message->call_id;

    sf_derived(sf_view_integer(view, tree, command->is_file ? hf_messaging_request_in : hf_conference_request_in, where,
                               command->request_in));
    int64_t time = (int64_t)view->pinfo->abs_ts.secs * 1000000 + view->pinfo->abs_ts.nsecs / 1000 - command->requested;
    if (!command->is_file && time >= 0) {
        sf_derived(sf_view_duration(view, tree, hf_conference_time, where, time));
    }
}

void sf_body_command_show(const sf_view *view, proto_tree *tree)
{
    const sf_command *command = view->note->command;

    if (!command) {
        return;
    }
    if (view->note->command_part == SF_COMMAND_REQUEST) {
        show_request(view, tree, command);
    } else {
        show_answer(view, tree, command);
    }
}

void sf_body_command_label(const sf_view *view, const sf_document *document, sf_label *label)
{
    const sf_command *command = view->note->command;
    const sf_fact *role = sf_document_find(document, SF_FACT_CONFERENCE_ROLE);
    sf_slice wanted = command ? (sf_slice){ command->role, command->role_length } : (sf_slice){ NULL, 0 };

    if (!command) {
        return;
    }
    if (view->note->command_part == SF_COMMAND_ANSWER && role && wanted.length > 0 &&
        wanted.length < SF_MAX_COMMAND_TEXT && !sf_slice_equals_nocase(role->text, wanted)) {
        sf_label_add_part(label, " (asked for: ", wanted, ")");
    }
}

bool sf_body_command_is_refused(const sf_view *view)
{
    const sf_command *command = view->note->command;

    return command && view->note->command_part == SF_COMMAND_REFUSAL && !command->is_file;
}

void sf_body_command_show_refusal(const sf_view *view, proto_tree *tree)
{
    const sf_command *command = view->note->command;
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add_part(&label, "The conference command ", name_of(command), " was refused");
    proto_item *item = sf_derived(
        sf_view_words(view, tree, hf_conference_refused, view->message->start_line, label.text));
    proto_tree *below = item ? proto_item_add_subtree(item, sf_body_ett()) : NULL;
    if (below) {
        show_answer(view, below, command);
    }
    sf_label_add(&label, " with ");
    sf_label_add_number(&label, view->message->status_code);
    expert_add_info_format(view->pinfo, item, &ei_refused, "%s", label.text);
}

void sf_body_command_register(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_conference_request_in,
          { "Request in", "skypefed.conference.request_in", FT_FRAMENUM, BASE_NONE, FRAMENUM_TYPE(FT_FRAMENUM_REQUEST),
            0, "The command that is answered here is in this frame", HFILL } },
        { &hf_conference_response_in,
          { "Response in", "skypefed.conference.response_in", FT_FRAMENUM, BASE_NONE,
            FRAMENUM_TYPE(FT_FRAMENUM_RESPONSE), 0, "The answer to this command is in this frame", HFILL } },
        { &hf_conference_time,
          { "Time", "skypefed.conference.time", FT_RELATIVE_TIME, BASE_NONE, NULL, 0, "From the command to its answer",
            HFILL } },
        { &hf_conference_result,
          { "Result", "skypefed.conference.result", FT_STRING, BASE_NONE, NULL, 0,
            "What came of the command: the code and the reason of its answer", HFILL } },
        { &hf_conference_refused,
          { "Refused command", "skypefed.conference.refused", FT_STRING, BASE_NONE, NULL, 0,
            "The SIP response refuses the request that had the command", HFILL } },
        { &hf_messaging_request_in,
          { "Invitation in", "skypefed.messaging.request_in", FT_FRAMENUM, BASE_NONE,
            FRAMENUM_TYPE(FT_FRAMENUM_REQUEST), 0, "The invitation that is answered here is in this frame", HFILL } },
        { &hf_messaging_response_in,
          { "Response in", "skypefed.messaging.response_in", FT_FRAMENUM, BASE_NONE,
            FRAMENUM_TYPE(FT_FRAMENUM_RESPONSE), 0, "What ended or answered it is in this frame", HFILL } },
        { &hf_messaging_result,
          { "Result", "skypefed.messaging.result", FT_STRING, BASE_NONE, NULL, 0,
            "What came of it: accepted, or how it ended", HFILL } },
    };
    static ei_register_info ei[] = {
        { &ei_refused,
          { "skypefed.expert.conference_failed", PI_RESPONSE_CODE, PI_WARN, "A conference command was refused",
            EXPFILL } },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    expert_register_field_array(expert, ei, G_N_ELEMENTS(ei));
}
