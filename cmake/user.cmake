# SPDX-License-Identifier: GPL-2.0-or-later
#
# Installs the built files for the caller, or removes them.
#
#   cmake -DACTION=install|uninstall "-DFILES=FILE=FOLDER;..." -DBIN_DIR=FOLDER -P user.cmake

cmake_minimum_required(VERSION 3.20)

include("${CMAKE_CURRENT_LIST_DIR}/remove-empty.cmake")

foreach(row IN LISTS FILES)
    string(REGEX MATCH "^(.*)=([^=]*)$" row "${row}")
    set(file "${CMAKE_MATCH_1}")
    set(folder "${CMAKE_MATCH_2}")
    cmake_path(GET file FILENAME name)
    if(ACTION STREQUAL "install")
        file(MAKE_DIRECTORY "${folder}")
        # A new file: the old one may be in use.
        file(REMOVE "${folder}/${name}")
        file(COPY "${file}" DESTINATION "${folder}")
        message(STATUS "Installed: ${folder}/${name}")
    elseif(EXISTS "${folder}/${name}")
        file(REMOVE "${folder}/${name}")
        message(STATUS "Removed: ${folder}/${name}")
        remove_empty("${folder}")
    endif()
endforeach()

if(ACTION STREQUAL "install")
    execute_process(COMMAND id -u OUTPUT_VARIABLE user OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    if(user STREQUAL "0")
        message(WARNING "You are root. Wireshark ignores the plugins in root's own folder: run this as the user who "
            "runs Wireshark, or install for everybody with `cmake --install`.")
    endif()
    string(REPLACE ":" ";" path "$ENV{PATH}")
    if(NOT BIN_DIR IN_LIST path)
        message(STATUS "${BIN_DIR} is not in your PATH. To call skypefed-log by its name, add this line to ~/.profile "
            "and log in again:\n     PATH=\"${BIN_DIR}:$PATH\"")
    endif()
endif()
