/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Start lines, header lines and multipart delimiters.
 */
#include "sip_text.h"

#include "engine/sip/uri.h"
#include "engine/text/words.h"

#include <glib.h>

#define VERSION SF_LITERAL("SIP/2.0")

/* token of RFC 3261 25.1 */
static bool is_token_char(char c)
{
    return g_ascii_isalnum(c) || (c != '\0' && strchr("-.!%*_+`'~", c) != NULL);
}

static size_t token_length(sf_slice s)
{
    size_t n = 0;
    while (n < s.length && is_token_char(s.text[n])) {
        n++;
    }
    return n;
}

bool sf_log_is_status_line(sf_slice line)
{
    sf_slice code = sf_slice_head(sf_slice_skip(line, VERSION.length + 1), 3);
    uint64_t number = 0;

    return sf_slice_equals(sf_slice_head(line, VERSION.length), VERSION) && line.length >= VERSION.length + 4 &&
           line.text[VERSION.length] == ' ' && sf_slice_decimal(code, 699, &number) == SF_OK && number >= 100 &&
           (line.length == VERSION.length + 4 || line.text[VERSION.length + 4] == ' ');
}

static bool is_request_line(sf_slice line)
{
    size_t method = 0;

    while (method < line.length && (g_ascii_isupper(line.text[method]) || line.text[method] == '_')) {
        method++;
    }
    if (method < 2 || method == line.length || line.text[method] != ' ') {
        return false;
    }
    sf_slice target = sf_slice_skip(line, method + 1);
    size_t length = sf_slice_find(target, ' ');
    return length > 0 && sf_slice_find(sf_slice_head(target, length), ':') < length &&
           sf_slice_equals(sf_slice_skip(target, length + 1), VERSION);
}

bool sf_log_is_start_line(sf_slice line)
{
    /* The cheap test first: this function is called for every line of a log. */
    if (line.length < VERSION.length || !g_ascii_isupper(line.text[0])) {
        return false;
    }
    line = sf_slice_trim(line);
    return sf_log_is_status_line(line) || is_request_line(line);
}

/* Index of the version in the line, or its length. */
static size_t find_version(sf_slice line)
{
    for (size_t at = 0; at + VERSION.length <= line.length; at++) {
        at += sf_slice_find(sf_slice_skip(line, at), VERSION.text[0]);
        if (sf_slice_equals(sf_slice_head(sf_slice_skip(line, at), VERSION.length), VERSION)) {
            return at;
        }
    }
    return line.length;
}

bool sf_log_has_version(sf_slice line)
{
    return find_version(line) < line.length;
}

/* Where the method of a request line begins whose version is at `version`; its own index if there is none. */
static size_t find_method(sf_slice line, size_t version)
{
    size_t target, method;

    if (version < 2 || line.text[version - 1] != ' ') {
        return version;
    }
    for (target = version - 1; target > 0 && line.text[target - 1] != ' '; target--) {
    }
    for (method = target; method > 1 && (g_ascii_isupper(line.text[method - 2]) || line.text[method - 2] == '_');
         method--) {
    }
    bool is_inside_word = method > 1 && g_ascii_isalnum(line.text[method - 2]);
    return method == target || is_inside_word ? version : method - 1;
}

bool sf_log_find_start(sf_slice line, size_t *at)
{
    static const sf_slice label = SF_LITERAL_INIT("Start-Line:");
    size_t version = find_version(line);

    if (version == line.length) {
        return false;
    }
    sf_slice after = sf_slice_skip(line, version + VERSION.length);
    if (sf_slice_trim(after).length == 0 || sf_slice_equals(sf_slice_trim(after), SF_LITERAL("."))) {
        sf_slice whole = sf_slice_head(line, version + VERSION.length);
        *at = find_method(line, version);
        if (*at == version || !is_request_line(sf_slice_skip(whole, *at))) {
            return false;
        }
    } else {
        *at = version;
        if (!sf_log_is_status_line(sf_slice_skip(line, version))) {
            return false;
        }
    }
    sf_slice before = sf_slice_head(line, *at);
    while (before.length > 0 && before.text[before.length - 1] == ' ') {
        before.length--;
    }
    if (sf_slice_ends_nocase(before, label)) {
        *at = before.length - label.length;
        return *at == 0 || line.text[*at - 1] != '-';
    }
    return true;
}

bool sf_log_is_header_line(sf_slice line)
{
    size_t name = token_length(line);
    sf_slice rest = sf_slice_skip(line, name);

    while (rest.length > 0 && (rest.text[0] == ' ' || rest.text[0] == '\t')) {
        rest = sf_slice_skip(rest, 1);
    }
    /* `10:20:30.123` and `2026-03-02T10:20` begin an entry of a log; no header begins with a number. */
    return name > 0 && g_ascii_isalpha(line.text[0]) && rest.length > 0 && rest.text[0] == ':';
}

bool sf_log_is_sdp_line(sf_slice line)
{
    return line.length >= 2 && g_ascii_islower(line.text[0]) && line.text[1] == '=';
}

bool sf_log_is_record_end(sf_slice line)
{
    return sf_slice_equals(sf_slice_trim(line), SF_LITERAL("$$end_record"));
}

bool sf_log_is_rule(sf_slice line)
{
    for (size_t i = 0; i < line.length; i++) {
        if (!strchr("-=_*#~<>+ \t", line.text[i]) || line.text[i] == '\0') {
            return false;
        }
    }
    return line.length > 0;
}

bool sf_log_begins_body(sf_slice line)
{
    /* A row of dashes, or of dashes in angle brackets, is what some programs print around messages. */
    char second = line.length > 1 ? line.text[1] : '\0';
    bool is_tag = line.length > 1 && line.text[0] == '<' && (g_ascii_isalpha(second) || strchr("?!/", second));
    bool is_delimiter = sf_slice_equals(sf_slice_head(line, 2), SF_LITERAL("--")) && !sf_log_is_rule(line);

    return sf_slice_equals(sf_slice_head(line, 3), SF_LITERAL("v=0")) || is_delimiter || is_tag;
}

static const struct {
    sf_slice name;
    sf_log_header header;
} header_names[] = {
    { SF_LITERAL_INIT("Call-ID"), SF_LOG_HEADER_CALL_ID },
    { SF_LITERAL_INIT("i"), SF_LOG_HEADER_CALL_ID },
    { SF_LITERAL_INIT("Content-Length"), SF_LOG_HEADER_CONTENT_LENGTH },
    { SF_LITERAL_INIT("l"), SF_LOG_HEADER_CONTENT_LENGTH },
    { SF_LITERAL_INIT("Content-Type"), SF_LOG_HEADER_CONTENT_TYPE },
    { SF_LITERAL_INIT("c"), SF_LOG_HEADER_CONTENT_TYPE },
    { SF_LITERAL_INIT("CSeq"), SF_LOG_HEADER_CSEQ },
    { SF_LITERAL_INIT("Date"), SF_LOG_HEADER_DATE },
    { SF_LITERAL_INIT("Via"), SF_LOG_HEADER_VIA },
    { SF_LITERAL_INIT("v"), SF_LOG_HEADER_VIA },
};

sf_log_header sf_log_header_read(sf_slice line, sf_slice *value)
{
    size_t length = token_length(line);
    int row = SF_WORDS_FIND(header_names, sf_slice_head(line, length));
    sf_slice rest = sf_slice_trim(sf_slice_skip(line, length));

    if (row == SF_WORDS_NONE || rest.length == 0 || rest.text[0] != ':') {
        return SF_LOG_HEADER_COUNT;
    }
    *value = sf_slice_trim(sf_slice_skip(rest, 1));
    return header_names[row].header;
}

sf_slice sf_log_boundary(sf_slice content_type)
{
    sf_param boundary;

    if (!sf_slice_starts_nocase(content_type, SF_LITERAL("multipart/"))) {
        return (sf_slice){ NULL, 0 };
    }
    return sf_parameter_find(content_type, SF_LITERAL("boundary"), &boundary) ? boundary.value : (sf_slice){ NULL, 0 };
}

bool sf_log_is_delimiter(sf_slice line, sf_slice boundary, bool *is_closing)
{
    static const sf_slice dashes = SF_LITERAL_INIT("--");

    if (boundary.length == 0 || !sf_slice_equals(sf_slice_head(line, 2), dashes)) {
        return false;
    }
    sf_slice rest = sf_slice_skip(line, 2);
    if (!sf_slice_equals(sf_slice_head(rest, boundary.length), boundary)) {
        return false;
    }
    rest = sf_slice_trim(sf_slice_skip(rest, boundary.length));
    *is_closing = sf_slice_equals(rest, dashes);
    return rest.length == 0 || *is_closing;
}

bool sf_log_is_known_header(sf_slice line)
{
    static const sf_slice names[] = {
        SF_LITERAL_INIT("From"),
        SF_LITERAL_INIT("To"),
        SF_LITERAL_INIT("Max-Forwards"),
        SF_LITERAL_INIT("Record-Route"),
        SF_LITERAL_INIT("Route"),
        SF_LITERAL_INIT("Contact"),
        SF_LITERAL_INIT("User-Agent"),
        SF_LITERAL_INIT("Server"),
        SF_LITERAL_INIT("Allow"),
        SF_LITERAL_INIT("Supported"),
        SF_LITERAL_INIT("Event"),
        SF_LITERAL_INIT("Expires"),
        SF_LITERAL_INIT("Session-ID"),
        SF_LITERAL_INIT("P-Asserted-Identity"),
        SF_LITERAL_INIT("Authorization"),
        SF_LITERAL_INIT("Proxy-Authorization"),
        SF_LITERAL_INIT("WWW-Authenticate"),
        SF_LITERAL_INIT("Proxy-Authenticate"),
    };
    sf_slice name = sf_slice_trim(sf_slice_head(line, sf_slice_find(line, ':')));
    sf_slice value;

    if (!sf_log_is_header_line(line)) {
        return false;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (sf_slice_equals_nocase(name, names[i])) {
            return true;
        }
    }
    return sf_log_header_read(line, &value) != SF_LOG_HEADER_COUNT;
}
