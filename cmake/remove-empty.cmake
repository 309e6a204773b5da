# SPDX-License-Identifier: GPL-2.0-or-later

# remove_empty(FOLDER): removes a folder, and those above it, as long as they are empty and below the caller's own.
function(remove_empty folder)
    file(GLOB left "${folder}/*" "${folder}/.[!.]*")
    cmake_path(IS_PREFIX folder "$ENV{HOME}" is_home)
    if(NOT left AND NOT is_home AND IS_DIRECTORY "${folder}")
        file(REMOVE_RECURSE "${folder}")
        cmake_path(GET folder PARENT_PATH above)
        remove_empty("${above}")
    endif()
endfunction()
