/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The names of secrets, and where they may stand. Nothing here depends on where a tag ends: what is not well formed
 * could hide a secret from us and not from who shows the body.
 */
#include "secret.h"

#include "engine/text/key_mark.h"
#include "engine/text/token.h"
#include "engine/text/words.h"

/* Media relay credentials and text/x-msmsgsinvite as pidgin-sipe reads them; [MS-CONFBAS] 2.2.2; WS-Security. */
static const sf_slice names[] = {
    SF_LITERAL_INIT("username"),
    SF_LITERAL_INIT("encryption-key"),
    SF_LITERAL_INIT("x509-certificate"),
    SF_LITERAL_INIT("join-url"),
    SF_LITERAL_INIT("pstn-access"),
    SF_LITERAL_INIT("hash-key"),
    SF_LITERAL_INIT("authcookie"),
    SF_LITERAL_INIT("pin"),
    SF_LITERAL_INIT("token"),
    SF_LITERAL_INIT("credentials"),
    SF_LITERAL_INIT("pwd"),
};

/* What a name of a secret may end in: `leader-passcode`, `userPassword`, `BinarySecurityToken`. */
static const sf_slice endings[] = {
    SF_LITERAL_INIT("password"),      SF_LITERAL_INIT("passcode"),     SF_LITERAL_INIT("secret"),
    SF_LITERAL_INIT("credential"),    SF_LITERAL_INIT("-pin"),         SF_LITERAL_INIT("-token"),
    SF_LITERAL_INIT("SecurityToken"), SF_LITERAL_INIT("access_token"), SF_LITERAL_INIT("AccessToken"),
};

/** @param name  may have a prefix */
static bool is_secret(sf_slice name)
{
    size_t colon = sf_slice_find_last(name, ':');

    name = colon < name.length ? sf_slice_skip(name, colon + 1) : name;
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        if (sf_slice_ends_nocase(name, endings[i])) {
            return true;
        }
    }
    return SF_WORDS_FIND(names, name) != SF_WORDS_NONE;
}

/** A byte of a name, or what nobody would leave out of one. */
static bool is_name_byte(char c)
{
    return g_ascii_isalnum(c) || c == '-' || c == '_' || c == '.' || c == ':' || (unsigned char)c >= 0x80;
}

static sf_slice name_at(sf_slice text)
{
    size_t length = 0;

    while (length < text.length && is_name_byte(text.text[length])) {
        length++;
    }
    return sf_slice_head(text, length);
}

static sf_slice skip_blanks(sf_slice text)
{
    const char *end = sf_slice_end(text);

    return text.length > 0 ? sf_slice_between(sf_skip_blanks(text.text, end), end) : text;
}

/** Takes a word from the beginning of the text, and the blanks after it. */
static bool take(sf_slice *text, sf_slice word)
{
    bool is_there = sf_slice_starts_nocase(*text, word);

    if (is_there) {
        *text = skip_blanks(sf_slice_skip(*text, word.length));
    }
    return is_there;
}

/** Skips an element without attributes and text, `<a/>` or `<a></a>`, that no text follows. @param text  after its name */
static bool skip_empty_element(sf_slice *text, sf_slice name)
{
    sf_slice rest = skip_blanks(*text);
    bool is_empty = take(&rest, SF_LITERAL("/>")) || (take(&rest, SF_LITERAL(">")) && take(&rest, SF_LITERAL("</")) &&
                                                      take(&rest, name) && take(&rest, SF_LITERAL(">")));

    if (!is_empty || (rest.length > 0 && *rest.text != '<')) {
        return false;
    }
    *text = rest;
    return true;
}

/** A tag or an end tag of that name. @param text  from the `<` on; set to what is to be read next */
static bool is_secret_tag(sf_slice *text)
{
    sf_slice rest = sf_slice_skip(*text, 1);
    bool is_end = sf_slice_starts_nocase(rest, SF_LITERAL("/"));

    rest = is_end ? sf_slice_skip(rest, 1) : rest;
    sf_slice name = name_at(rest);
    *text = sf_slice_skip(rest, name.length);
    return name.length > 0 && is_secret(name) && (is_end || !skip_empty_element(text, name));
}

/** The name in front of an `=`. It is searched for no further back than names go. */
static sf_slice name_before(const char *begin, const char *end)
{
    enum { MAX_NAME = 64 };
    const char *from;

    begin = end - begin > MAX_NAME ? end - MAX_NAME : begin;
    while (end > begin && sf_is_blank(end[-1])) {
        end--;
    }
    for (from = end; from > begin && is_name_byte(from[-1]);) {
        from--;
    }
    return sf_slice_between(from, end);
}

/** An attribute that is a secret, `password="x"`, or one that says what another is, `name="password"`. */
static bool is_secret_attribute(sf_slice all, size_t equals)
{
    sf_slice value = skip_blanks(sf_slice_skip(all, equals + 1));
    bool is_quoted = value.length > 0 && (*value.text == '"' || *value.text == '\'');
    bool is_empty = value.length == 0 || (is_quoted && value.length > 1 && value.text[1] == value.text[0]);

    if (is_empty) {
        return false;
    }
    return is_secret(name_before(all.text, all.text + equals)) ||
           is_secret(name_at(skip_blanks(sf_slice_skip(value, is_quoted ? 1 : 0))));
}

/** A text that is all of an element, `<name>password</name>`. @param rest  after the `>` */
static bool is_secret_text(sf_slice rest)
{
    sf_slice text = skip_blanks(rest);
    sf_slice name = name_at(text);

    text = skip_blanks(sf_slice_skip(text, name.length));
    return name.length > 0 && text.length > 0 && *text.text == '<' && is_secret(name);
}

/** Blanks are gone over by who stands in front of them alone, names by at most three: time is linear. */
static bool has_secret_markup(sf_slice text)
{
    sf_slice rest = text;

    while (rest.length > 0) {
        switch (*rest.text) {
        case '<':
            if (is_secret_tag(&rest)) {
                return true;
            }
            continue;
        case '=':
            if (is_secret_attribute(text, text.length - rest.length)) {
                return true;
            }
            break;
        case '>':
            if (is_secret_text(sf_slice_skip(rest, 1))) {
                return true;
            }
            break;
        default:
            break;
        }
        rest = sf_slice_skip(rest, 1);
    }
    return false;
}

static bool has_secret_line(sf_slice text)
{
    sf_cursor lines = sf_cursor_over(text);
    sf_slice line;

    while (sf_line_next(&lines, &line)) {
        size_t colon = sf_slice_find(line, ':');
        sf_slice front = sf_slice_trim(sf_slice_head(line, colon));
        bool has_value = sf_slice_trim(sf_slice_skip(line, colon + 1)).length > 0;
        if (has_value && name_at(front).length == front.length && is_secret(front)) {
            return true;
        }
    }
    return false;
}

/** Text of two bytes or four for a character: its names are not found here. */
static bool is_wide(sf_slice text)
{
    static const sf_slice marks[] = { SF_LITERAL_INIT("\xfe\xff"), SF_LITERAL_INIT("\xff\xfe") };

    return SF_WORDS_FIND_START(marks, text) != SF_WORDS_NONE || sf_slice_find(text, '\0') < text.length;
}

bool sf_body_has_secret(sf_slice text)
{
    return is_wide(text) || sf_has_key_mark(text) || has_secret_markup(text) || has_secret_line(text);
}
