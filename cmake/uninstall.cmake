# SPDX-License-Identifier: GPL-2.0-or-later
#
# Removes what `cmake --install` has installed, by the list that it keeps in the build folder.
#
#   cmake -DMANIFEST=.../install_manifest.txt -P uninstall.cmake

cmake_minimum_required(VERSION 3.20)

if(NOT EXISTS "${MANIFEST}")
    message(FATAL_ERROR "Nothing was installed from this build folder: there is no ${MANIFEST}")
endif()
file(STRINGS "${MANIFEST}" files)
foreach(file IN LISTS files)
    set(path "$ENV{DESTDIR}${file}")
    if(NOT EXISTS "${path}" AND NOT IS_SYMLINK "${path}")
        message(STATUS "Not there any more: ${path}")
        continue()
    endif()
    file(REMOVE "${path}")
    if(EXISTS "${path}")
        message(FATAL_ERROR "Cannot remove ${path}; are you allowed to?")
    endif()
    message(STATUS "Removed: ${path}")
    # A folder of our own goes with its last file.
    cmake_path(GET path PARENT_PATH folder)
    cmake_path(GET folder FILENAME name)
    file(GLOB left "${folder}/*")
    if(name MATCHES "^(skypefed|SkypeFed)$" AND NOT left)
        file(REMOVE_RECURSE "${folder}")
    endif()
endforeach()
file(REMOVE "${MANIFEST}")
