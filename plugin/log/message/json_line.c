/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The strings of a JSON object. What is in its arrays and objects is passed over.
 */
#include "json_line.h"

#include "engine/text/words.h"
#include "sip_text.h"

/* What members are called, in the logs of container engines and of common libraries. */
static const struct {
    sf_slice name;
} text_names[] = {
    { SF_LITERAL_INIT("log") }, { SF_LITERAL_INIT("message") }, { SF_LITERAL_INIT("msg") },
}, time_names[] = {
    { SF_LITERAL_INIT("time") }, { SF_LITERAL_INIT("timestamp") },  { SF_LITERAL_INIT("@timestamp") },
    { SF_LITERAL_INIT("ts") },   { SF_LITERAL_INIT("date") },
};

typedef struct {
    sf_slice time, text, sip; /* as written, with escapes; absent if there is none */
} members;

static sf_slice without_blanks(sf_slice text)
{
    while (text.length > 0 && g_ascii_isspace(text.text[0])) {
        text = sf_slice_skip(text, 1);
    }
    return text;
}

/* Takes a string with its quotes. @return false if there is none */
static bool take_string(sf_slice *rest, sf_slice *string)
{
    size_t end = 1;

    if (rest->length == 0 || rest->text[0] != '"') {
        return false;
    }
    while (end < rest->length && rest->text[end] != '"') {
        end += rest->text[end] == '\\' ? 2 : 1;
    }
    if (end >= rest->length) {
        return false;
    }
    *string = sf_slice_skip(sf_slice_head(*rest, end), 1);
    *rest = sf_slice_skip(*rest, end + 1);
    return true;
}

/* Passes over a value up to the comma or bracket after it. */
static void skip_value(sf_slice *rest)
{
    unsigned depth = 0;
    sf_slice unused;

    while (rest->length > 0) {
        char c = rest->text[0];
        if (depth == 0 && (c == ',' || c == '}')) {
            return;
        }
        depth += c == '{' || c == '[';
        depth -= depth > 0 && (c == '}' || c == ']');
        if (c != '"' || !take_string(rest, &unused)) {
            *rest = sf_slice_skip(*rest, 1);
        }
    }
}

static void note_member(members *found, sf_slice name, sf_slice value)
{
    if (!sf_slice_present(found->time) && SF_WORDS_FIND(time_names, name) != SF_WORDS_NONE) {
        found->time = value;
    } else if (!sf_slice_present(found->text) && SF_WORDS_FIND(text_names, name) != SF_WORDS_NONE) {
        found->text = value;
    } else if (!sf_slice_present(found->sip) && sf_log_has_version(value)) {
        found->sip = value;
    }
}

static bool read_members(sf_slice rest, members *found)
{
    sf_slice name, value;

    memset(found, 0, sizeof *found);
    do {
        rest = without_blanks(sf_slice_skip(rest, 1)); /* the bracket, or a comma */
        if (!take_string(&rest, &name)) {
            return false;
        }
        rest = without_blanks(rest);
        if (rest.length == 0 || rest.text[0] != ':') {
            return false;
        }
        rest = without_blanks(sf_slice_skip(rest, 1));
        if (take_string(&rest, &value)) {
            note_member(found, name, value);
        }
        skip_value(&rest);
    } while (rest.length > 0 && rest.text[0] == ',');
    return rest.length > 0 && (sf_slice_present(found->text) || sf_slice_present(found->sip));
}

/* Appends the character of \uXXXX. @return false if it is none that a text can have */
static bool append_code(GString *text, sf_slice digits)
{
    gunichar code = 0;

    for (size_t i = 0; i < digits.length; i++) {
        if (!g_ascii_isxdigit(digits.text[i])) {
            return false;
        }
        code = code * 16 + (gunichar)g_ascii_xdigit_value(digits.text[i]);
    }
    if (digits.length < 4 || code == 0) {
        return false;
    }
    g_string_append_unichar(text, g_unichar_validate(code) ? code : '?');
    return true;
}

static void append_string(GString *text, sf_slice string)
{
    static const char escaped[] = "nrtbf", meant[] = "\n\r\t\b\f";

    for (size_t i = 0; i < string.length; i++) {
        char c = string.text[i];
        if (c != '\\' || i + 1 == string.length) {
            g_string_append_c(text, c);
            continue;
        }
        c = string.text[++i];
        const char *at = c == '\0' ? NULL : strchr(escaped, c);
        if (c == 'u' && append_code(text, sf_slice_head(sf_slice_skip(string, i + 1), 4))) {
            i += 4;
        } else {
            g_string_append_c(text, at ? meant[at - escaped] : c);
        }
    }
}

bool sf_log_json_line_read(sf_slice line, GString *text)
{
    members found;

    line = without_blanks(line);
    if (line.length < 2 || line.text[0] != '{' || !read_members(line, &found)) {
        return false;
    }
    g_string_truncate(text, 0);
    if (sf_slice_present(found.time)) {
        append_string(text, found.time);
        g_string_append_c(text, ' ');
    }
    if (sf_slice_present(found.text)) {
        append_string(text, found.text);
    }
    if (sf_slice_present(found.sip)) {
        g_string_append_c(text, '\n');
        append_string(text, found.sip);
    }
    if (text->len > 0 && text->str[text->len - 1] == '\n') {
        g_string_truncate(text, text->len - 1); /* the end of the last line is that of the entry */
    }
    return true;
}
