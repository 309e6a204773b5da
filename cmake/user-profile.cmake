# SPDX-License-Identifier: GPL-2.0-or-later
#
# Installs the profile for the caller, or removes it. What is there and differs is the caller's own by now, and is left
# alone.
#
#   cmake -DACTION=install|uninstall "-DFILES=FILE;..." -DFOLDER=FOLDER -P user-profile.cmake

cmake_minimum_required(VERSION 3.20)

include("${CMAKE_CURRENT_LIST_DIR}/remove-empty.cmake")

foreach(file IN LISTS FILES)
    cmake_path(GET file FILENAME name)
    set(installed "${FOLDER}/${name}")
    set(is_own FALSE)
    if(EXISTS "${installed}")
        file(SHA256 "${file}" ours)
        file(SHA256 "${installed}" theirs)
        string(COMPARE NOTEQUAL "${ours}" "${theirs}" is_own)
    endif()
    if(is_own)
        message(STATUS "Left as it is, since it differs: ${installed}")
    elseif(ACTION STREQUAL "install")
        file(MAKE_DIRECTORY "${FOLDER}")
        file(COPY "${file}" DESTINATION "${FOLDER}")
        message(STATUS "Installed: ${installed}")
    elseif(EXISTS "${installed}")
        file(REMOVE "${installed}")
        message(STATUS "Removed: ${installed}")
    endif()
endforeach()

if(ACTION STREQUAL "uninstall")
    remove_empty("${FOLDER}")
endif()
