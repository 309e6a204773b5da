# SPDX-License-Identifier: GPL-2.0-or-later
#
# Before `cmake --install`: adds those of the FOLDERS, and of the folders above them, that are not there yet or that an
# older build has made, to the list RECORD, so that uninstall.cmake takes away what installing has made, and nothing
# else. Paths in it begin with DESTDIR.

cmake_minimum_required(VERSION 3.20)

set(recorded)
if(EXISTS "${RECORD}")
    file(STRINGS "${RECORD}" recorded)
endif()
foreach(folder IN LISTS FOLDERS)
    cmake_path(ABSOLUTE_PATH folder BASE_DIRECTORY "${CMAKE_INSTALL_PREFIX}")
    cmake_path(GET folder PARENT_PATH above)
    # A folder of ours that is there was made by another build, and so was the one above if it holds nothing else.
    cmake_path(GET folder FILENAME name)
    string(TOLOWER "${name}" name)
    if(name STREQUAL "skypefed" AND EXISTS "$ENV{DESTDIR}${folder}")
        list(APPEND recorded "$ENV{DESTDIR}${folder}")
        file(GLOB beside "$ENV{DESTDIR}${above}/*")
        list(LENGTH beside count)
        if(count EQUAL 1)
            list(APPEND recorded "$ENV{DESTDIR}${above}")
        endif()
    endif()
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
