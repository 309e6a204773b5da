/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What people write to each other, and the names of their files: shown only on
 * request, escaped, and never longer than a row can be.
 */
#include "body_field.h"
#include "parts.h"

#include "dissect/view/label.h"
#include "dissect/view/preferences.h"
#include "engine/body/secret.h"
#include "engine/sip/body.h"
#include "engine/text/words.h"

enum { MAX_SHOWN = 1000 }; /* bytes */

static int hf_length = -1;
static int hf_text = -1;
static int hf_file = -1;
static int hf_composing = -1;

/** The beginning of a text, and no half character at its end. */
static sf_slice bounded(sf_slice text)
{
    size_t length = MIN(text.length, MAX_SHOWN);

    while (length < text.length && length > 0 && ((unsigned char)text.text[length] & 0xc0) == 0x80) {
        length--;
    }
    return sf_slice_head(text, length);
}

/** A text with a key or a password by its name is not shown, whatever the preference says. */
static bool may_show(sf_slice text)
{
    return sf_preferences_show_messages() && text.length > 0 && !sf_body_has_secret(text);
}

bool sf_body_text_is_message(const sf_view *view, const sf_body *body)
{
    static const sf_slice types[] = { SF_LITERAL_INIT("text/plain"), SF_LITERAL_INIT("text/html"),
                                      SF_LITERAL_INIT("text/rtf") };

    return view->message->is_request && sf_slice_equals(view->message->method, SF_LITERAL("MESSAGE")) &&
           body->text.length > 0 && SF_WORDS_FIND(types, body->content_type) != SF_WORDS_NONE;
}

void sf_body_text_show(const sf_view *view, proto_tree *tree, const sf_body *body)
{
    sf_slice text = bounded(body->text);

    sf_view_integer(view, tree, hf_length, body->text, body->text.length);
    if (!sf_slice_present(body->encoding) && may_show(body->text)) {
        sf_view_words(view, tree, hf_text, text, sf_view_string(view, text));
    }
}

bool sf_body_text_may_show(sf_slice text)
{
    return may_show(text);
}

proto_item *sf_body_text_show_first(const sf_view *view, proto_tree *tree, sf_slice where, size_t length)
{
    proto_item *item = sf_view_integer(view, tree, hf_length, where, length);

    sf_label_explain(view, item, "the first message of the conversation, in a header");
    return item;
}

void sf_body_text_show_form(const sf_view *view, proto_tree *tree, sf_slice where, sf_slice content_type, sf_slice text)
{
    static sf_bodies forms;      /* large, so there is one for all */
    static sf_problems problems; /* of no interest here */
    const sf_body_headers headers = { .content_type = content_type };

    forms.count = 0;
    problems.count = 0;
    sf_bodies_read(text, &headers, &problems, &forms);
    if (forms.count > 0 && forms.items[0].text.length > 0 && !sf_slice_present(forms.items[0].encoding)) {
        sf_view_words(view, tree, hf_text, where, sf_view_string(view, bounded(forms.items[0].text)));
    }
}

void sf_body_text_show_file(const sf_view *view, proto_tree *tree, sf_slice name)
{
    if (may_show(name)) {
        sf_view_words(view, tree, hf_file, name, sf_body_string(view, bounded(name)));
    }
}

void sf_body_text_show_composing(const sf_view *view, proto_tree *tree, sf_slice state)
{
    sf_implied(sf_view_text(view, tree, hf_composing, state));
}

void sf_body_text_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_length,
          { "Instant message, bytes", "skypefed.im.length", FT_UINT32, BASE_DEC, NULL, 0,
            "Length of what somebody wrote; the preference \"Show instant messages\" shows the text", HFILL } },
        { &hf_text,
          { "Instant message", "skypefed.im.text", FT_STRING, BASE_NONE, NULL, 0,
            "What somebody wrote: at most 1,000 bytes, with the preference \"Show instant messages\" alone", HFILL } },
        { &hf_composing,
          { "Composing", "skypefed.im.composing", FT_STRING, BASE_NONE, NULL, 0,
            "active while somebody writes, or idle; as skypefed.messaging.state", HFILL } },
        { &hf_file,
          { "File", "skypefed.im.file", FT_STRING, BASE_NONE, NULL, 0,
            "Name of a file that is sent, with the preference \"Show instant messages\" alone", HFILL } },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
}
