/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How deep XML may be nested.
 */
#include "check.h"
#include "engine/body/xml_depth.h"

enum { LIMIT = 32, COUNT = 100 };

typedef struct {
    const char *name;
    const char *piece; /**< given COUNT times */
    bool may_be_deeper;
} depth_row;

static const depth_row rows[] = {
    { "open", "<a>", true },
    { "open-with-attributes", "<a b='c' d=\"e\">", true },
    { "empty", "<a/>", false },
    { "empty-with-attributes", "<a b='c'\r\n\td=\"/\" />", false },
    { "pair", "<a:b c='d'>text > text</a:b>", false },
    { "pair-of-two", "<a><b></b></a>", false },
    { "comment", "<a><!-- b --></a>", false },
    { "cdata", "<a><![CDATA[b]]></a>", false },
    { "text", "abc > / def", false },
    { "nothing", "", false },
    { "slash-in-quotes", "<a b=\"/>\">", true },
    { "tag-in-quotes", "<a b='</a></a>'>", true },
    { "end-tags-in-a-comment", "<a><!-- </a></a> -->", true },
    { "end-tags-in-cdata", "<a><![CDATA[</a></a>]]>", true },
    { "end-tags-in-an-instruction", "<a><?b </a></a>?>", true },
    { "end-tags-in-a-doctype", "<a><!DOCTYPE b [</a></a>]>", true },
    { "comment-that-goes-on", "<a><!-->--></a>", true },
    { "slash-of-an-unquoted-value", "<a b=c/></a>", true },
    { "quote-after-a-backslash", "<a b='\\' c='></a>'>", true },
    { "attributes-together", "<a b='c'd='/'/>", true },
    { "end-tag-with-a-blank", "<a></a >", true },
    { "end-tag-of-nothing", "<a></>", true },
    { "brackets", "<", true },
    { "cut-tag", "<a", true },
    { "instructions", "<?a?>", true },
};

static void test_row(gconstpointer data)
{
    const depth_row *row = data;
    g_autoptr(GString) text = g_string_new(NULL);

    for (int i = 0; i < COUNT; i++) {
        g_string_append(text, row->piece);
    }
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(text->str));
    g_assert_cmpint(sf_xml_may_be_deeper(input.text, LIMIT), ==, row->may_be_deeper);
}

/** Cut anywhere, nothing after the end is read; as deep as the limit is not too deep. */
static void test_cuts(void)
{
    static const char text[] = "<?a b='c'?><d><!-- e --><![CDATA[f]]><g:h i=\"j\" k='l'/></d>";

    for (size_t length = 0; length < sizeof text; length++) {
        g_auto(sf_guarded) input = sf_guarded_of((sf_slice){ text, length });
        g_assert_false(sf_xml_may_be_deeper(input.text, 3));
    }
    g_assert_false(sf_xml_may_be_deeper(sf_text("<a><b><c>"), 3));
    g_assert_true(sf_xml_may_be_deeper(sf_text("<a><b><c>"), 2));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/xml-depth", rows, test_row);
    g_test_add_func("/xml-depth/cuts", test_cuts);
    return g_test_run();
}
