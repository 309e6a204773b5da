# SPDX-License-Identifier: GPL-2.0-or-later
#
# `cmake --install` for everybody on the machine, the target install-user for the caller alone.

install(TARGETS skypefed LIBRARY DESTINATION "${Wireshark_PLUGIN_INSTALL_DIR}/epan")

set(SKYPEFED_USER_PLUGIN_DIR "$ENV{HOME}/.local/lib/wireshark/plugins/${SKYPEFED_PLUGIN_SUBDIR}"
    CACHE PATH "Where install-user puts the plugin")
add_custom_target(install-user
    COMMAND ${CMAKE_COMMAND} -E make_directory "${SKYPEFED_USER_PLUGIN_DIR}"
    COMMAND ${CMAKE_COMMAND} -E copy $<TARGET_FILE:skypefed> "${SKYPEFED_USER_PLUGIN_DIR}"
    COMMENT "Installing the plugin into ${SKYPEFED_USER_PLUGIN_DIR}"
    VERBATIM)
