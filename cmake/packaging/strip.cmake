# SPDX-License-Identifier: GPL-2.0-or-later
#
# Removes the names for a debugger from all files of a folder.
#
#   cmake -DFOLDER=... -DSTRIP=... -P strip.cmake

file(GLOB_RECURSE files "${FOLDER}/*")
if(STRIP AND files)
    execute_process(COMMAND "${STRIP}" ${files} COMMAND_ERROR_IS_FATAL ANY)
endif()
