# SPDX-License-Identifier: GPL-2.0-or-later
#
# Removes what `cmake --install` has installed, by the lists that it keeps in the build folder: of files, and of folders
# that it has made.
#
#   cmake -DMANIFEST=.../install_manifest.txt -DFOLDERS=.../install_folders.txt -P uninstall.cmake

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
endforeach()

# What others have put there meanwhile keeps a folder. The deepest ones first.
set(folders)
if(EXISTS "${FOLDERS}")
    file(STRINGS "${FOLDERS}" folders)
endif()
list(SORT folders ORDER DESCENDING)
foreach(folder IN LISTS folders)
    file(GLOB left "${folder}/*" "${folder}/.[!.]*")
    if(IS_DIRECTORY "${folder}" AND NOT left)
        file(REMOVE_RECURSE "${folder}")
    endif()
endforeach()
file(REMOVE "${MANIFEST}" "${FOLDERS}")
