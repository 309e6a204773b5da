/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * XML: what is given of a body, where reading ends, attributes, escapes, limits.
 */
#include "check.h"
#include "engine/body/xml.h"

typedef struct {
    const char *name;
    const char *text;
    const char *events; /**< `<a` opens, `text`, `>` closes */
    sf_xml_status status;
    const char *rest;
} xml_row;

static const xml_row rows[] = {
    { "element", "<a>x</a>", "<a[x]>", SF_XML_READ, "" },
    { "declaration", "<?xml version=\"1.0\"?>\r\n<a>x</a>\r\n", "<a[x]>", SF_XML_READ, "" },
    { "byte-order-mark", "\xef\xbb\xbf<a/>", "<a>", SF_XML_READ, "" },
    { "nested", "<a><b>x</b><c/></a>", "<a<b[x]><c>>", SF_XML_READ, "" },
    { "prefixes", "<p:a xmlns:p=\"u\"><p:b>x</p:b></p:a>", "<a<b[x]>>", SF_XML_READ, "" },
    { "blanks", "<a>\n  <b> x </b>\n</a>", "<a<b[x]>>", SF_XML_READ, "" },
    { "text-around-a-comment", "<a>x<!-- <b>>&no; -->y</a>", "<a[x][y]>", SF_XML_READ, "" },
    { "text-after-an-element", "<a><b/>x</a>", "<a<b>[x]>", SF_XML_READ, "" },
    { "escapes-are-kept", "<a>x&amp;y</a>", "<a[x&amp;y]>", SF_XML_READ, "" },
    { "cdata", "<a><![CDATA[<x>]]></a>", "<a[<x>]>", SF_XML_READ, "" },
    { "bracket-in-attribute", "<a b=\"x>y\">z</a>", "<a[z]>", SF_XML_READ, "" },
    { "bracket-in-text", "<a>x>y</a>", "<a[x>y]>", SF_XML_READ, "" },
    { "blank-in-end-tag", "<a>x</a ><!-- end -->", "<a[x]>", SF_XML_READ, "" },
    { "unknown-entity", "<a>x&no;</a>", "<a>", SF_XML_MALFORMED, "x&no;</a>" },
    { "declared-entity", "<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>", "<a>", SF_XML_MALFORMED, "&e;</a>" },
    { "external-entity", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a>x</a>", "<a[x]>", SF_XML_READ, "" },
    { "cut-in-text", "<a><b>x</b><c>y", "<a<b[x]><c>>", SF_XML_MALFORMED, "y" },
    { "cut-in-tag", "<a><b>x</b><c d=\"e", "<a<b[x]>>", SF_XML_MALFORMED, "<c d=\"e" },
    { "wrong-end", "<a><b>x</c></a>", "<a<b[x]>>", SF_XML_MALFORMED, "x</c></a>" },
    { "no-xml", "v=0", "", SF_XML_MALFORMED, "v=0" },
    { "empty", "", "", SF_XML_MALFORMED, "" },
    { "no-utf-8", "<a>x</a><b>\xff</b>", "<a[x]><b>", SF_XML_MALFORMED, "\xff</b>" },
};

static void on_open(void *context, const sf_xml_element *element)
{
    GString *events = context;

    g_assert_cmpint(element->tag.text[0], ==, '<');
    g_assert_nonnull(strchr(">/", sf_slice_end(element->tag)[-1])); /* `/` at the end of a cut body */
    g_assert_true(sf_slice_present(element->parent) == (element->depth > 1));
    g_string_append_printf(events, "<%.*s", (int)element->name.length, element->name.text);
}

static void on_text(void *context, const sf_xml_element *element, sf_slice text)
{
    g_assert_cmpuint(element->depth, >, 0);
    g_string_append_printf(context, "[%.*s]", (int)text.length, text.text);
}

static void on_close(void *context, const sf_xml_element *element)
{
    g_assert_cmpuint(element->depth, >, 0);
    g_string_append_c(context, '>');
}

static const sf_xml_visitor visitor = { on_open, on_text, on_close, NULL };

/** As soon as an element has been closed. */
static bool is_over(void *context)
{
    return strchr(((const GString *)context)->str, '>') != NULL;
}

/** What is not wanted may be malformed: it is not read. */
static void test_stop(void)
{
    static const sf_xml_visitor stopping = { on_open, on_text, on_close, is_over };
    g_autoptr(GString) events = g_string_new(NULL);
    sf_slice rest;

    g_assert_cmpint(sf_xml_read(SF_LITERAL("<a><b>x</b><c></a>"), &stopping, events, &rest), ==, SF_XML_READ);
    g_assert_cmpstr(events->str, ==, "<a<b[x]>>");
    SF_CHECK_SLICE(rest, "<c></a>");
}

static void test_read(gconstpointer data)
{
    const xml_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    g_autoptr(GString) events = g_string_new(NULL);
    sf_slice rest;

    g_assert_cmpint(sf_xml_read(input.text, &visitor, events, &rest), ==, row->status);
    g_assert_cmpstr(events->str, ==, row->events);
    SF_CHECK_SLICE(rest, row->rest);
}

/** Every beginning of a body gives every element but those that are cut, and closes what it opened. */
static void test_prefixes(void)
{
    const char *text = "<?xml version=\"1.0\"?><a b='1'><!-- c --><d>x&lt;y</d><![CDATA[e]]><f g=\"h>i\"/></a>";
    g_auto(sf_guarded) room = sf_guarded_new(strlen(text));
    size_t last = 0;

    for (size_t length = 0; length <= strlen(text); length++) {
        g_autoptr(GString) events = g_string_new(NULL);
        sf_slice rest;
        unsigned opened = 0, closed = 0;
        sf_xml_status status = sf_xml_read(sf_guarded_put(&room, (sf_slice){ text, length }), &visitor, events, &rest);
        for (const char *at = events->str; *at; at++) {
            opened += *at == '<';
            closed += *at == '>';
        }
        g_assert_true((status == SF_XML_READ) == (length == strlen(text)));
        g_assert_cmpuint(opened, >=, last);
        last = opened;
        g_assert_cmpuint(closed, >=, opened);
    }
    g_assert_cmpuint(last, ==, 3);
}

static sf_xml_status read_repeated(const char *before, const char *piece, unsigned count, const char *after)
{
    g_autoptr(GString) text = g_string_new(before), events = g_string_new(NULL);
    sf_slice rest;

    for (unsigned i = 0; i < count; i++) {
        g_string_append(text, piece);
    }
    g_string_append(text, after);
    return sf_xml_read((sf_slice){ text->str, text->len }, &visitor, events, &rest);
}

static void test_limits(void)
{
    g_assert_cmpint(read_repeated("<a>", "<b/>", SF_MAX_XML_ELEMENTS - 1, "</a>"), ==, SF_XML_READ);
    g_assert_cmpint(read_repeated("<a>", "<b/>", SF_MAX_XML_ELEMENTS, "</a>"), ==, SF_XML_TOO_LARGE);
    g_assert_cmpint(read_repeated("", "<b>", SF_MAX_XML_DEPTH, ""), ==, SF_XML_MALFORMED);
    g_assert_cmpint(read_repeated("", "<b>", SF_MAX_XML_DEPTH + 1, ""), ==, SF_XML_TOO_LARGE);
    g_assert_cmpint(read_repeated("<a>", "12345678", SF_MAX_XML_BYTES / 8, "</a>"), ==, SF_XML_TOO_LARGE);
}

typedef struct {
    const char *name;
    const char *tag;
    const char *attributes;
} attribute_row;

static const attribute_row attribute_rows[] = {
    { "none", "<a>", "" },
    { "one", "<a b=\"c\">", "b=c;" },
    { "two", "<a b=\"c\" d='e\"'/>", "b=c;d=e\";" },
    { "prefixes", "<p:a xmlns=\"u\" xmlns:q=\"v\" q:b=\"c\">", "b=c;" },
    { "blanks", "<a\r\n b = \"c\"\t>", "b=c;" },
    { "empty-value", "<a b=\"\">", "b=;" },
    { "no-equals-sign", "<a b=\"c\" d e=\"f\">", "b=c;" },
    { "no-quotes", "<a b=\"c\" d=e f=\"g\">", "b=c;" },
    { "nothing-behind-equals-sign", "<a b=\"c\" d=", "b=c;" },
    { "quotes-left-open", "<a b=\"c\" d=\"e>", "b=c;" },
    { "bracket", "<a b=\"c>d\" e=\"f\">", "b=c>d;e=f;" },
};

static void test_attributes(gconstpointer data)
{
    const attribute_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->tag));
    g_autoptr(GString) found = g_string_new(NULL);
    sf_slice tag = input.text, name, value;

    while (sf_xml_attribute_next(&tag, &name, &value)) {
        g_string_append_printf(found, "%.*s=%.*s;", (int)name.length, name.text, (int)value.length, value.text);
    }
    g_assert_cmpstr(found->str, ==, row->attributes);
}

typedef struct {
    const char *name;
    const char *text;
    const char *plain;
} escape_row;

static const escape_row escape_rows[] = {
    { "none", "abc", "abc" },
    { "five", "&lt;&gt;&amp;&quot;&apos;", "<>&\"'" },
    { "numbers", "&#65;&#x42;&#xe4;&#x20ac;&#x1F600;", "AB\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80" },
    { "not-twice", "&amp;lt;", "&lt;" },
    { "unknown", "&no;&#xd800;&#;&;&", "&no;&#xd800;&#;&;&" },
    { "nul", "&#0;", "&#0;" },
    { "cut", "a&lt", "a&lt" },
};

static void test_escapes(gconstpointer data)
{
    const escape_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    g_auto(sf_guarded) output = sf_guarded_new(strlen(row->text));
    char *room = (char *)sf_guarded_put(&output, sf_text(row->text)).text;

    SF_CHECK_SLICE(((sf_slice){ room, sf_xml_unescape(input.text, room) }), row->plain);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/xml/read", rows, test_read);
    g_test_add_func("/xml/prefixes", test_prefixes);
    g_test_add_func("/xml/limits", test_limits);
    SF_ADD_ROWS("/xml/attributes", attribute_rows, test_attributes);
    SF_ADD_ROWS("/xml/escapes", escape_rows, test_escapes);
    g_test_add_func("/xml/stop", test_stop);
    return g_test_run();
}
