# SPDX-License-Identifier: GPL-2.0-or-later
#
# Installing and removing: `cmake --install` and the target uninstall for everybody on the machine, the targets
# install-user and uninstall-user for the caller alone.

include(GNUInstallDirs)

# Which of the folders are new, before the first file makes them.
set(SKYPEFED_PROFILE_DIR "${Wireshark_INSTALL_PREFIX}/${CMAKE_INSTALL_DATADIR}/wireshark/profiles/SkypeFed"
    CACHE PATH "Where the profile is installed for everybody")
set(install_record "${CMAKE_BINARY_DIR}/install_folders.txt")
set(install_folders "${Wireshark_PLUGIN_INSTALL_DIR}/epan" "${Wireshark_PLUGIN_INSTALL_DIR}/wiretap"
    "${Wireshark_EXTCAP_INSTALL_DIR}" "${CMAKE_INSTALL_BINDIR}" "${SKYPEFED_PROFILE_DIR}"
    "${CMAKE_INSTALL_DATADIR}/doc/skypefed")
install(CODE "set(RECORD \"${install_record}\")
set(FOLDERS \"${install_folders}\")
include(\"${PROJECT_SOURCE_DIR}/cmake/new-folders.cmake\")")

install(TARGETS skypefed LIBRARY DESTINATION "${Wireshark_PLUGIN_INSTALL_DIR}/epan")
# On the path for people, in Wireshark's folder for its capture list.
install(TARGETS skypefed-log RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(TARGETS skypefed-log RUNTIME DESTINATION "${Wireshark_EXTCAP_INSTALL_DIR}")
if(TARGET skypefed_reader)
    install(TARGETS skypefed_reader LIBRARY DESTINATION "${Wireshark_PLUGIN_INSTALL_DIR}/wiretap")
endif()

add_custom_target(uninstall
    COMMAND ${CMAKE_COMMAND} -DMANIFEST=${CMAKE_BINARY_DIR}/install_manifest.txt
            -DFOLDERS=${install_record}
            -P "${PROJECT_SOURCE_DIR}/cmake/uninstall.cmake"
    COMMENT "Removing what cmake --install has installed"
    VERBATIM)

# Where the caller's own Wireshark looks (Help > About Wireshark > Folders). macOS writes the version with a hyphen.
# Before Wireshark 4.2, capture sources were looked for beside its settings.
set(version "${Wireshark_MAJOR_VERSION}.${Wireshark_MINOR_VERSION}")
if(APPLE)
    set(version "${Wireshark_MAJOR_VERSION}-${Wireshark_MINOR_VERSION}")
endif()
set(user_wireshark "$ENV{HOME}/.local/lib/wireshark")
set(SKYPEFED_USER_PLUGIN_DIR "${user_wireshark}/plugins/${version}/epan" CACHE PATH "Where install-user puts the plugin")
set(SKYPEFED_USER_WIRETAP_DIR "${user_wireshark}/plugins/${version}/wiretap"
    CACHE PATH "Where install-user puts the file reader of Wireshark 4.6 and later")
set(user_config "$ENV{HOME}/.config")
if(NOT "$ENV{XDG_CONFIG_HOME}" STREQUAL "")
    set(user_config "$ENV{XDG_CONFIG_HOME}")
endif()
set(user_extcap "${user_wireshark}/extcap")
if("${Wireshark_MAJOR_VERSION}.${Wireshark_MINOR_VERSION}" VERSION_LESS 4.2)
    set(user_extcap "${user_config}/wireshark/extcap")
endif()
set(SKYPEFED_USER_EXTCAP_DIR "${user_extcap}" CACHE PATH "Where install-user puts the capture source")
set(SKYPEFED_USER_BIN_DIR "$ENV{HOME}/.local/bin" CACHE PATH "Where install-user puts the program")

# FILE=FOLDER for each file.
set(user_files
    "$<TARGET_FILE:skypefed>=${SKYPEFED_USER_PLUGIN_DIR}"
    "$<TARGET_FILE:skypefed-log>=${SKYPEFED_USER_EXTCAP_DIR}"
    "$<TARGET_FILE:skypefed-log>=${SKYPEFED_USER_BIN_DIR}")
set(user_targets skypefed skypefed-log)
if(TARGET skypefed_reader)
    list(APPEND user_files "$<TARGET_FILE:skypefed_reader>=${SKYPEFED_USER_WIRETAP_DIR}")
    list(APPEND user_targets skypefed_reader)
endif()
foreach(action install uninstall)
    add_custom_target(${action}-user
        COMMAND ${CMAKE_COMMAND} -DACTION=${action} "-DFILES=${user_files}" -DBIN_DIR=${SKYPEFED_USER_BIN_DIR}
                -P "${PROJECT_SOURCE_DIR}/cmake/user.cmake"
        VERBATIM)
endforeach()
add_dependencies(install-user ${user_targets})

include(${PROJECT_SOURCE_DIR}/cmake/profile.cmake)
include(${PROJECT_SOURCE_DIR}/cmake/package.cmake)
