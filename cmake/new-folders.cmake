# SPDX-License-Identifier: GPL-2.0-or-later
#
# Before `cmake --install`: adds those of the FOLDERS, and of the folders above them, that are not there yet to the list
# RECORD, so that uninstall.cmake takes away what installing has made, and nothing else. Paths in it begin with DESTDIR.

cmake_minimum_required(VERSION 3.20)

set(recorded)
if(EXISTS "${RECORD}")
    file(STRINGS "${RECORD}" recorded)
endif()
foreach(folder IN LISTS FOLDERS)
    cmake_path(ABSOLUTE_PATH folder BASE_DIRECTORY "${CMAKE_INSTALL_PREFIX}")
    cmake_path(GET folder PARENT_PATH above)
    # Of DESTDIR itself, which may be new too, nothing is recorded.
    while(NOT EXISTS "$ENV{DESTDIR}${folder}" AND NOT folder STREQUAL above)
        list(APPEND recorded "$ENV{DESTDIR}${folder}")
        set(folder "${above}")
        cmake_path(GET folder PARENT_PATH above)
    endwhile()
endforeach()
list(REMOVE_DUPLICATES recorded)
list(JOIN recorded "\n" recorded)
file(WRITE "${RECORD}" "${recorded}\n")
