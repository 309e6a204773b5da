# SPDX-License-Identifier: GPL-2.0-or-later
#
# The three macros of Wireshark's tree that make a plugin.

macro(set_module_info name major minor micro extra)
    add_compile_definitions(PLUGIN_VERSION="${major}.${minor}.${micro}")
endmacro()

macro(add_wireshark_plugin_library name folder)
    add_library(${name} MODULE ${PLUGIN_FILES})
    target_include_directories(${name} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
    set_target_properties(${name} PROPERTIES PREFIX "" LIBRARY_OUTPUT_DIRECTORY "${PLUGIN_DIR}/${folder}")
    add_dependencies(plugins ${name})
endmacro()

macro(install_plugin name folder)
    install(TARGETS ${name} LIBRARY DESTINATION "${Wireshark_PLUGIN_INSTALL_DIR}/${folder}")
endmacro()
