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
    { "other-names", "<a><passwords>x</passwords><b passwords='x' spin='1' tokens='2'/>the password </a>", false },
    { "end-tag-alone", "x</password></a>", true },
    { "cut-in-the-value", "<a><password>x", true },
    { "tag-not-closed", "<a><b <password>x</password>", true },
    { "cut-in-the-attribute", "<a><b password='x", true },
    { "line", "Port: 1\r\nAuthCookie: 42\r\n", true },
    { "line-with-blanks", "Encryption-Key : abc", true },
    { "empty-line", "Hash-Key:\r\nPort: 1", false },
    { "text-in-a-line", "The password: x is not one\r\n", false },
    { "media-key", "<a>inline:AAAABBBBCCCC</a>", true },
    { "bracket-in-an-attribute", "<a><password b=\"x/>y\">z</password></a>", true },
    { "bracket-in-an-attribute-before", "<a><b c='>' password='x'/></a>", true },
    { "another-end-tag", "<a><password></x>y</password></a>", true },
    { "text-after-an-empty-element", "<a><password/>x</a>", true },
    { "text-after-an-empty-pair", "<a><password></password>x</a>", true },
    { "comment-in-an-element", "<a><password><!-- --></password>x</a>", true },
    { "empty-pair", "<a><p:password ></p:password ></a>", false },
    { "empty-elements", "<a><password/><pin /> <token></token></a>", false },
    { "line-end-in-a-tag", "<a><password\n>x</password></a>", true },
    { "control-character-in-a-tag", "<a><password\x0b>x</password></a>", true },
    { "bracket-in-a-tag", "<a><password<b>x</password></a>", true },
    { "attribute-without-quotes", "<a b=c password=x>", true },
    { "attribute-with-blanks", "<a password = \"x\">", true },
    { "attribute-with-prefix", "<a b:password=\"x\">", true },
    { "attribute-that-names", "<a><item name=\"password\" value=\"x\"/></a>", true },
    { "attribute-that-names-with-blanks", "<item key=' leader-passcode ' value='x'/>", true },
    { "element-that-names", "<name> password </name><value>x</value>", true },
    { "pin", "<a><pin>1</pin></a>", true },
    { "token", "<a><b:token>1</b:token></a>", true },
    { "security-token", "<wsse:BinarySecurityToken>1</wsse:BinarySecurityToken>", true },
    { "passcode-of-somebody", "<leader-passcode>1</leader-passcode>", true },
    { "password-in-camel-case", "<userPassword>1</userPassword>", true },
    { "secret", "<secret>1</secret>", true },
    { "shared-secret", "<shared-secret>1</shared-secret>", true },
    { "credential", "<credential>1</credential>", true },
    { "line-of-somebody", "Leader-Passcode: 1", true },
    { "utf-16-le", "\xff\xfe<", true },
    { "utf-16-be", "\xfe\xff<", true },
    { "nothing", "", false },
    { "no-xml", "<<<>>>", false },
};

static const char *const pieces[] = { "<",  "<a ",    "<a", "=", " =",      "= ",  ">",
                                      "> ", "<pin/>", "a",  " ", "<pin/> ", "\"<a" };

static void test_row(gconstpointer data)
{
    const secret_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));

    g_assert_cmpint(sf_body_has_secret(input.text), ==, row->has_secret);
}

/** Two bytes for each character: no name is found there. */
static void test_wide(void)
{
    static const char text[] = "<\0a\0/\0>";
    g_auto(sf_guarded) input = sf_guarded_of((sf_slice){ text, sizeof text - 1 });

    g_assert_true(sf_body_has_secret(input.text));
}

/** Pieces that could be searched again from each of their places: with a second look this would take hours. */
static void test_long(gconstpointer data)
{
    enum { COUNT = 1024 * 1024 };
    const char *piece = data;
    size_t length = strlen(piece);
    char *text = g_malloc(COUNT * length);

    for (size_t i = 0; i < COUNT; i++) {
        memcpy(text + i * length, piece, length);
    }
    g_assert_false(sf_body_has_secret((sf_slice){ text, COUNT * length }));
    g_free(text);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/secret", rows, test_row);
    g_test_add_func("/secret/wide", test_wide);
    for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
        g_autofree char *path = g_strdup_printf("/secret/long/%zu", i);
        g_test_add_data_func(path, pieces[i], test_long);
    }
    return g_test_run();
}
