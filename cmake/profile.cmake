# SPDX-License-Identifier: GPL-2.0-or-later
#
# Installs the profile of Wireshark with the plugin: for everybody beside Wireshark's own profiles, for the caller among
# theirs. A file that the caller has changed in Wireshark is kept by both.

set(profile_files colorfilters dfilter_buttons dfilters io_graphs preferences recent)
set(profile_name SkypeFed)
set(SKYPEFED_USER_PROFILE_DIR "${user_config}/wireshark/profiles/${profile_name}"
    CACHE PATH "Where install-user puts the profile")

list(TRANSFORM profile_files PREPEND "${PROJECT_SOURCE_DIR}/plugin/profile/" OUTPUT_VARIABLE profile_paths)
install(FILES ${profile_paths} DESTINATION "${SKYPEFED_PROFILE_DIR}")

foreach(action install uninstall)
    add_custom_target(${action}-profile
        COMMAND ${CMAKE_COMMAND} -DACTION=${action} "-DFILES=${profile_paths}" -DFOLDER=${SKYPEFED_USER_PROFILE_DIR}
                -P "${PROJECT_SOURCE_DIR}/cmake/user-profile.cmake"
        VERBATIM)
    add_dependencies(${action}-user ${action}-profile)
endforeach()
