/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Labels of rows.
 */
#include "label.h"

#include "engine/text/token.h"

static void add(sf_label *label, const char *text, size_t length)
{
    size_t room = sizeof label->text - 1 - label->length;
    size_t fits = MIN(length, room);

    memcpy(label->text + label->length, text, fits);
    label->length += fits;
    if (fits < length) { /* not in the middle of a character */
        const char *end;
        g_utf8_validate(label->text, (gssize)label->length, &end);
        label->length = (size_t)(end - label->text);
    }
    label->text[label->length] = '\0';
}

void sf_label_begin(sf_label *label)
{
    label->length = 0;
    label->text[0] = '\0';
}

void sf_label_add(sf_label *label, const char *text)
{
    add(label, text, strlen(text));
}

void sf_label_add_number(sf_label *label, uint32_t number)
{
    char digits[sizeof "4294967295" - 1];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    add(label, digits + at, sizeof digits - at);
}

void sf_label_add_slice(sf_label *label, const sf_view *view, sf_slice slice)
{
    if (sf_text_is_ascii(slice)) {
        if (slice.length > 0) {
            add(label, slice.text, slice.length);
        }
    } else {
        sf_label_add(label, sf_view_string(view, slice));
    }
}

void sf_label_set(const sf_label *label, proto_item *item)
{
    proto_item_set_text(item, "%s", label->text);
}
