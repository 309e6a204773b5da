/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The names of secrets, and where they may stand.
 */
#include "secret.h"

#include "engine/text/key_mark.h"
#include "engine/text/token.h"
#include "engine/text/words.h"
#include "xml.h"

/* Media relay credentials and text/x-msmsgsinvite as pidgin-sipe reads them; [MS-CONFBAS] 2.2.2; WS-Security. */
static const sf_slice names[] = {
    SF_LITERAL_INIT("username"),         SF_LITERAL_INIT("password"),
    SF_LITERAL_INIT("passcode"),         SF_LITERAL_INIT("encryption-key"),
    SF_LITERAL_INIT("x509-certificate"), SF_LITERAL_INIT("join-url"),
    SF_LITERAL_INIT("pstn-access"),      SF_LITERAL_INIT("hash-key"),
    SF_LITERAL_INIT("authcookie"),       SF_LITERAL_INIT("BinarySecurityToken"),
};

static bool is_secret(sf_slice name)
{
    size_t colon = sf_slice_find(name, ':');

    return SF_WORDS_FIND(names, colon < name.length ? sf_slice_skip(name, colon + 1) : name) != SF_WORDS_NONE;
}

/** The name that the inside of a tag begins with. */
static sf_slice name_of(sf_slice inside)
{
    size_t length = 0;

    while (length < inside.length && !sf_is_blank(inside.text[length]) && inside.text[length] != '/') {
        length++;
    }
    return sf_slice_head(inside, length);
}

/** @param tag  from its `<` on, without the `>`; @param after  what follows the tag */
static bool is_secret_tag(sf_slice tag, sf_slice after)
{
    sf_slice inside = sf_slice_skip(tag, 1), name, value;
    bool has_content = !sf_slice_ends_nocase(tag, SF_LITERAL("/")) &&
                       !sf_slice_starts_nocase(sf_slice_trim(sf_slice_head(after, 64)), SF_LITERAL("</"));

    if (has_content && is_secret(name_of(inside))) {
        return true;
    }
    while (sf_xml_attribute_next(&tag, &name, &value)) {
        if (value.length > 0 && is_secret(name)) {
            return true;
        }
    }
    return false;
}

static bool has_secret_tag(sf_slice text)
{
    size_t at;

    while ((at = sf_slice_find(text, '<')) < text.length) {
        text = sf_slice_skip(text, at);
        sf_slice tag = sf_slice_head(text, sf_slice_find(text, '>'));
        size_t next = sf_slice_find(sf_slice_skip(tag, 1), '<') + 1; /* a tag that is not closed ends there */
        tag = sf_slice_head(tag, next);
        if (is_secret_tag(tag, sf_slice_skip(text, tag.length + 1))) {
            return true;
        }
        text = sf_slice_skip(text, tag.length);
    }
    return false;
}

static bool has_secret_line(sf_slice text)
{
    sf_cursor lines = sf_cursor_over(text);
    sf_slice line;

    while (sf_line_next(&lines, &line)) {
        size_t colon = sf_slice_find(line, ':');
        if (sf_slice_trim(sf_slice_skip(line, colon + 1)).length > 0 &&
            SF_WORDS_FIND(names, sf_slice_trim(sf_slice_head(line, colon))) != SF_WORDS_NONE) {
            return true;
        }
    }
    return false;
}

bool sf_body_has_secret(sf_slice text)
{
    return sf_has_key_mark(text) || has_secret_tag(text) || has_secret_line(text);
}
