# SPDX-License-Identifier: GPL-2.0-or-later
#
# The plugin against an installed Wireshark, or one for Windows from a kit.

set(SKYPEFED_WINDOWS_KIT "" CACHE PATH "Folder made by cmake/windows/fetch.sh, to build for Windows elsewhere")
if(SKYPEFED_WINDOWS_KIT)
    include(${PROJECT_SOURCE_DIR}/cmake/windows/kit.cmake)
else()
    include(${PROJECT_SOURCE_DIR}/cmake/installed.cmake)
endif()
include(${PROJECT_SOURCE_DIR}/cmake/warnings.cmake)

# wireshark.h asks for it; Wireshark's own build finds it out the same way.
include(CheckTypeSize)
check_type_size("ssize_t" SSIZE_T)
set(SKYPEFED_WIRESHARK_DEFINITIONS $<$<BOOL:${HAVE_SSIZE_T}>:HAVE_SSIZE_T=1>)

# The engine looks at every byte of a message: here -O3 saves what it costs in size, and a call of memchr() that does not
# go by a table first is worth having.
add_library(engine OBJECT ${ENGINE_SOURCES})
target_compile_options(engine PRIVATE $<$<AND:$<C_COMPILER_ID:GNU,Clang>,$<CONFIG:RelWithDebInfo>>:-O3>
                                      $<$<AND:$<C_COMPILER_ID:GNU,Clang>,$<PLATFORM_ID:Linux>>:-fno-plt>)
set_target_properties(engine PROPERTIES C_STANDARD 11 C_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON
                                        C_VISIBILITY_PRESET hidden)
# A file of another room is included by its path from plugin/.
target_include_directories(engine PUBLIC "${PROJECT_SOURCE_DIR}/plugin")
target_link_libraries(engine PUBLIC PkgConfig::GLIB PRIVATE skypefed_strict_warnings)

add_library(call OBJECT ${CALL_SOURCES})
set_target_properties(call PROPERTIES C_STANDARD 11 C_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON
                                      C_VISIBILITY_PRESET hidden)
target_include_directories(call PUBLIC "${PROJECT_SOURCE_DIR}/plugin")
target_link_libraries(call PUBLIC PkgConfig::GLIB PRIVATE skypefed_strict_warnings)

add_library(media OBJECT ${MEDIA_SOURCES})
set_target_properties(media PROPERTIES C_STANDARD 11 C_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON
                                       C_VISIBILITY_PRESET hidden)
target_include_directories(media PUBLIC "${PROJECT_SOURCE_DIR}/plugin")
target_link_libraries(media PUBLIC PkgConfig::GLIB PRIVATE skypefed_strict_warnings)
# Without libgcrypt no tag of SRTP is verified.
if(TARGET PkgConfig::GCRYPT)
    target_compile_definitions(media PRIVATE SF_HAVE_GCRYPT)
    target_link_libraries(media PUBLIC PkgConfig::GCRYPT)
endif()

# A kit without a Wireshark is for the programs.
if(NOT TARGET epan)
    return()
endif()

add_library(skypefed MODULE ${DISSECT_SOURCES})
set_target_properties(skypefed PROPERTIES PREFIX "" C_STANDARD 11 C_VISIBILITY_PRESET hidden)
target_compile_definitions(skypefed PRIVATE PLUGIN_VERSION="${PROJECT_VERSION}"
                                            ${SKYPEFED_WIRESHARK_DEFINITIONS})
target_link_libraries(skypefed PRIVATE engine call media epan skypefed_strict_warnings)

set(SKYPEFED_PLUGIN_SUBDIR "${Wireshark_MAJOR_VERSION}.${Wireshark_MINOR_VERSION}/epan")

set_target_properties(skypefed PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${SKYPEFED_RUN_DIR}/${SKYPEFED_PLUGIN_SUBDIR}")

if(SKYPEFED_WINDOWS_KIT)
    windows_imports(skypefed)
endif()
