/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The tables of presence.
 */
#include "presence.h"

#include "engine/text/words.h"

/* From the highest: the first row that the number reaches. */
static const struct {
    uint32_t from;
    const char *name;
} availabilities[] = {
    { 18000, "Offline" },   { 15000, "Away" }, { 12000, "Be right back" },  { 9000, "Do not disturb" },
    { 7500, "Busy, idle" }, { 6000, "Busy" },  { 4500, "Available, idle" }, { 3000, "Available" },
};

static const struct {
    uint32_t from;
    const char *name;
} old_activities[] = {
    { 800, "available" },     { 700, "away" }, { 600, "busy" },         { 500, "on the phone" }, { 400, "available" },
    { 300, "be right back" }, { 200, "idle" }, { 150, "out to lunch" }, { 0, "away" },
};

static const struct {
    uint32_t id;
    const char *name;
} containers[] = {
    { 0, "everyone who is in no other container" },
    { 1, "the user alone" },
    { 2, "combined into the presence that others see" },
    { 3, "combined into the presence that the workgroup sees" },
    { 100, "external contacts" },
    { 200, "colleagues" },
    { 300, "workgroup" },
    { 400, "friends and family" },
    { 32000, "blocked contacts" },
};

static const char *const instances[] = {
    [1] = "all computers of the user",
    [2] = "the user",
    [3] = "a computer",
    [4] = "a meeting in the calendar",
    [5] = "an out-of-office entry in the calendar",
    [6] = "automatic replies",
    [7] = "a phone under remote control",
    [8] = "a VoIP call",
    [9] = "a call to the telephone network",
};

static const struct {
    sf_slice token;
    const char *name;
} activities[] = {
    { SF_LITERAL_INIT("on-the-phone"), "in a call" },
    { SF_LITERAL_INIT("in-a-conference"), "in a conference" },
    { SF_LITERAL_INIT("in-a-meeting"), "in a meeting" },
    { SF_LITERAL_INIT("out-of-office"), "automatic replies are on" },
    { SF_LITERAL_INIT("urgent-interruptions-only"), "urgent interruptions only" },
    { SF_LITERAL_INIT("off-work"), "off work" },
    { SF_LITERAL_INIT("in-presentation"), "presenting" },
};

const char *sf_old_availability_name(uint32_t availability)
{
    return availability >= 300 ? "online" : availability >= 100 ? "perhaps online" : "offline";
}

const char *sf_old_activity_name(uint32_t activity)
{
    size_t row = 0;

    while (activity < old_activities[row].from) {
        row++;
    }
    return old_activities[row].name;
}

const char *sf_availability_name(uint32_t availability)
{
    for (size_t i = 0; i < G_N_ELEMENTS(availabilities); i++) {
        if (availability >= availabilities[i].from) {
            return availabilities[i].name;
        }
    }
    return NULL;
}

const char *sf_container_name(uint32_t container)
{
    for (size_t i = 0; i < G_N_ELEMENTS(containers); i++) {
        if (containers[i].id == container) {
            return containers[i].name;
        }
    }
    return NULL;
}

const char *sf_instance_name(uint32_t instance)
{
    uint32_t kind = instance >> 28;

    return kind < G_N_ELEMENTS(instances) ? instances[kind] : NULL;
}

const char *sf_activity_name(sf_slice token)
{
    int row = SF_WORDS_FIND(activities, token);

    return row == SF_WORDS_NONE ? NULL : activities[row].name;
}
