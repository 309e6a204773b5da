# SPDX-License-Identifier: GPL-2.0-or-later
#
# The plugin as a custom plugin of Wireshark's own build.

include(WiresharkPlugin)

set_module_info(skypefed ${PROJECT_VERSION_MAJOR} ${PROJECT_VERSION_MINOR} ${PROJECT_VERSION_PATCH} 0)
set(PLUGIN_FILES ${ENGINE_SOURCES} ${CALL_SOURCES} ${MEDIA_SOURCES} ${DISSECT_SOURCES})
set_source_files_properties(${PLUGIN_FILES} PROPERTIES COMPILE_FLAGS "${WERROR_COMMON_FLAGS}")
add_wireshark_plugin_library(skypefed epan)
target_include_directories(skypefed PRIVATE "${PROJECT_SOURCE_DIR}/plugin")
if(GCRYPT_FOUND)
    target_compile_definitions(skypefed PRIVATE SF_HAVE_GCRYPT)
    target_include_directories(skypefed SYSTEM PRIVATE ${GCRYPT_INCLUDE_DIRS})
    target_link_libraries(skypefed ${GCRYPT_LIBRARIES})
endif()
# ntohl() and its like are functions of this library on Windows.
target_link_libraries(skypefed epan $<$<BOOL:${WIN32}>:ws2_32>)
install_plugin(skypefed epan)
