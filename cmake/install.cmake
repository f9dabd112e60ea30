# The shared library, and what `cmake --install` puts where: headers, both libraries, onrecord.pc, a
# CMake package, the program with man page and completions, licences.
include(CMakePackageConfigHelpers)

# Only onr_* leaves the library, under a version that grows with the ABI (docs/stability.md).
set(ONR_ABI 0)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/onrecord.map
     CONTENT "ONRECORD_@ONR_ABI@ { global: onr_*; local: *; };\n" @ONLY)
add_library(onrecord_shared SHARED $<TARGET_OBJECTS:onr_objects>)
set_target_properties(onrecord_shared PROPERTIES OUTPUT_NAME onrecord VERSION ${PROJECT_VERSION}
                                                 SOVERSION ${ONR_ABI} LINKER_LANGUAGE C)
target_link_libraries(onrecord_shared PRIVATE ${ONR_LIBS})
if(NOT APPLE)
    target_link_options(onrecord_shared PRIVATE -Wl,--version-script=${CMAKE_BINARY_DIR}/onrecord.map)
    set_target_properties(onrecord_shared PROPERTIES LINK_DEPENDS ${CMAKE_BINARY_DIR}/onrecord.map)
    if(NOT ONR_SANITIZE)
        target_link_options(onrecord_shared PRIVATE -Wl,-z,defs)
    endif()
endif()

install(TARGETS onrecord_static onrecord_shared
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
if(ONR_STORE)
    install(DIRECTORY include/onrecord DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
else()
    install(DIRECTORY include/onrecord DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
            PATTERN store.h EXCLUDE PATTERN serve.h EXCLUDE)
endif()
file(GLOB ONR_LICENCES ${CMAKE_SOURCE_DIR}/LICENSE ${CMAKE_SOURCE_DIR}/THIRD_PARTY.md)
install(FILES ${ONR_LICENCES} DESTINATION ${CMAKE_INSTALL_DOCDIR})

# What a static link needs beside -lonrecord is told from the list of libraries.
set(ONR_PC_REQUIRES)
set(ONR_PC_LIBS)
foreach(lib ${ONR_LIBS})
    if(lib MATCHES "^PkgConfig::(.+)$")
        list(APPEND ONR_PC_REQUIRES ${${CMAKE_MATCH_1}_MODULE_NAME})
    elseif(lib STREQUAL "Threads::Threads")
        list(APPEND ONR_PC_LIBS -pthread)
    elseif(lib MATCHES "^[-/]")
        list(APPEND ONR_PC_LIBS ${lib})
    else()
        list(APPEND ONR_PC_LIBS -l${lib})
    endif()
endforeach()
list(JOIN ONR_PC_REQUIRES " " ONR_PC_REQUIRES)
list(JOIN ONR_PC_LIBS " " ONR_PC_LIBS)
configure_file(cmake/onrecord.pc.in ${CMAKE_BINARY_DIR}/onrecord.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/onrecord.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

set(ONR_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/onrecord)
configure_package_config_file(cmake/onrecordConfig.cmake.in ${CMAKE_BINARY_DIR}/onrecordConfig.cmake
    INSTALL_DESTINATION ${ONR_CMAKE_DIR}
    PATH_VARS CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/onrecordConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/onrecordConfig.cmake
              ${CMAKE_BINARY_DIR}/onrecordConfigVersion.cmake DESTINATION ${ONR_CMAKE_DIR})

if(TARGET onrecord)
    install(TARGETS onrecord RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
    set(help ${CMAKE_BINARY_DIR}/help)
    file(MAKE_DIRECTORY ${help})
    add_custom_command(TARGET onrecord POST_BUILD
        COMMAND onrecord help --man > ${help}/onrecord.1
        COMMAND onrecord help --completions bash > ${help}/onrecord
        COMMAND onrecord help --completions zsh > ${help}/_onrecord
        COMMAND onrecord help --completions fish > ${help}/onrecord.fish VERBATIM)
    install(FILES ${help}/onrecord.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
    install(FILES ${help}/onrecord DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
    install(FILES ${help}/_onrecord DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
    install(FILES ${help}/onrecord.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endif()

# The examples are compiled with every build, and by the consumer test against the installed tree.
file(GLOB ONR_EXAMPLES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/examples/*.c)
foreach(src ${ONR_EXAMPLES})
    get_filename_component(name ${src} NAME_WE)
    add_executable(example_${name} ${src})
    target_link_libraries(example_${name} PRIVATE onrecord_static)
endforeach()

if(ONR_TESTS AND NOT ONR_SANITIZE)
    add_test(NAME install/consumer COMMAND ${CMAKE_SOURCE_DIR}/tests/install/consumer.sh
             ${CMAKE_BINARY_DIR} ${CMAKE_SOURCE_DIR} ${CMAKE_C_COMPILER})
    set_tests_properties(install/consumer PROPERTIES LABELS install SKIP_RETURN_CODE 77 TIMEOUT 240)
endif()
