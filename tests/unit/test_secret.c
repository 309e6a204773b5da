/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which bodies have a secret.
 */
#include "check.h"
#include "engine/body/secret.h"

typedef struct {
    const char *name;
    const char *text;
    bool has_secret;
} secret_row;

static const secret_row rows[] = {
    { "element", "<a><password>x</password></a>", true },
    { "element-with-prefix", "<a><p:passcode>1234</p:passcode></a>", true },
    { "element-with-attribute", "<a><encryption-key kind=\"b\">x</encryption-key></a>", true },
    { "any-case", "<a><PassWord>x</PassWord></a>", true },
    { "empty-element", "<a><passcode/></a>", false },
    { "element-without-text", "<a><passcode> </passcode></a>", false },
    { "container", "<a><pstn-access><id>1</id></pstn-access></a>", true },
    { "attribute", "<a><b password='x'/></a>", true },
    { "empty-attribute", "<a><b password=''/></a>", false },
    { "other-names", "<a><passwords>x</passwords><b my-password='x'/>password</a>", false },
    { "end-tag-alone", "x</password></a>", false },
    { "cut-in-the-value", "<a><password>x", true },
    { "tag-not-closed", "<a><b <password>x</password>", true },
    { "cut-in-the-attribute", "<a><b password='x", false },
    { "line", "Port: 1\r\nAuthCookie: 42\r\n", true },
    { "line-with-blanks", "Encryption-Key : abc", true },
    { "empty-line", "Hash-Key:\r\nPort: 1", false },
    { "text-in-a-line", "The password: x is not one\r\n", false },
    { "media-key", "<a>inline:AAAABBBBCCCC</a>", true },
    { "nothing", "", false },
    { "no-xml", "<<<>>>", false },
};

static void test_row(gconstpointer data)
{
    const secret_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));

    g_assert_cmpint(sf_body_has_secret(input.text), ==, row->has_secret);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/secret", rows, test_row);
    return g_test_run();
}
