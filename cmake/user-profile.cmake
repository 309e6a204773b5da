# SPDX-License-Identifier: GPL-2.0-or-later
#
# Installs the profile for the caller, or removes it. What was changed there is the caller's own, and is left alone; what an
# older SkypeFed has installed is renewed: a copy of the files as they were installed tells the one from the other.
#
#   cmake -DACTION=install|uninstall "-DFILES=FILE;..." -DFOLDER=FOLDER -P user-profile.cmake

cmake_minimum_required(VERSION 3.20)

include("${CMAKE_CURRENT_LIST_DIR}/remove-empty.cmake")

set(originals "${FOLDER}/as-installed")

# is_same(RESULT FILE OTHER): whether both are there, and have the same bytes.
function(is_same result file other)
    set(${result} FALSE PARENT_SCOPE)
    if(EXISTS "${file}" AND EXISTS "${other}")
        file(SHA256 "${file}" one)
        file(SHA256 "${other}" two)
        if(one STREQUAL two)
            set(${result} TRUE PARENT_SCOPE)
        endif()
    endif()
endfunction()

# is_own(RESULT FILE): whether a file of the profile is the caller's, not as it was installed.
function(is_own result file)
    cmake_path(GET file FILENAME name)
    is_same(is_new "${file}" "${FOLDER}/${name}")
    is_same(is_old "${originals}/${name}" "${FOLDER}/${name}")
    set(${result} FALSE PARENT_SCOPE)
    if(EXISTS "${FOLDER}/${name}" AND NOT is_new AND NOT is_old)
        set(${result} TRUE PARENT_SCOPE)
    endif()
endfunction()

file(GLOB former "${originals}/*")
if(ACTION STREQUAL "uninstall")
    list(APPEND FILES ${former})
endif()
foreach(file IN LISTS FILES)
    cmake_path(GET file FILENAME name)
    set(installed "${FOLDER}/${name}")
    is_own(is_of_caller "${file}")
    if(is_of_caller)
        list(APPEND left "${installed}")
    elseif(ACTION STREQUAL "install")
        file(COPY "${file}" DESTINATION "${FOLDER}")
        file(COPY "${file}" DESTINATION "${originals}")
        message(STATUS "Installed: ${installed}")
    elseif(EXISTS "${installed}")
        file(REMOVE "${installed}")
        message(STATUS "Removed: ${installed}")
    endif()
endforeach()
list(REMOVE_DUPLICATES left)
foreach(file IN LISTS left)
    message(STATUS "Left as it is, since it differs: ${file}")
endforeach()

if(ACTION STREQUAL "uninstall")
    file(REMOVE_RECURSE "${originals}")
    remove_empty("${FOLDER}")
endif()
