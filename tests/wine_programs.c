/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Stands in for two programs that the scripts of the package for Windows call, in the tests under Wine:
 *
 *   fc /b FILE FILE     0 if the files are the same, 1 if not, 2 if one is missing; Wine's own compares nothing
 *   tshark --version    a Wireshark of the version in OTHER_WIRESHARK
 *   tshark -G plugins   which has loaded the plugin
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare(const char *first, const char *second)
{
    FILE *a = fopen(first, "rb");
    FILE *b = fopen(second, "rb");
    int result = 2;

    if (a && b) {
        int left, right;
        do {
            left = getc(a);
            right = getc(b);
        } while (left == right && left != EOF);
        result = left != right;
    }
    if (a) {
        fclose(a);
    }
    if (b) {
        fclose(b);
    }
    return result;
}

int main(int argc, char **argv)
{
    const char *version = getenv("OTHER_WIRESHARK");

    if (argc == 4 && strcmp(argv[1], "/b") == 0) {
        return compare(argv[2], argv[3]);
    }
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        printf("TShark (Wireshark) %s (v%s-0-g0123456789ab).\n", version, version);
        return 0;
    }
    if (argc == 3 && strcmp(argv[1], "-G") == 0) {
        printf("skypefed.dll\t0.1.0\tdissector\n");
        return 0;
    }
    return 3;
}
