# Fuzz targets: fuzz/<name>.c defines LLVMFuzzerTestOneInput, fuzz/corpus/<name>/ holds its inputs.
# With ONR_FUZZ (preset fuzz, clang) each becomes a libFuzzer program. Everywhere else a small
# driver runs the corpus and a few thousand seeded mutations of it, as the test fuzz/<name>.
file(GLOB ONR_FUZZ_SOURCES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/fuzz/*.c)
list(FILTER ONR_FUZZ_SOURCES EXCLUDE REGEX "/driver\\.c$")
# Mutations in the plain test suite where the driver's 2,000 take too long (3 ms each).
set(ONR_FUZZ_ROUNDS_model_file 200)
foreach(src ${ONR_FUZZ_SOURCES})
    get_filename_component(name ${src} NAME_WE)
    set(corpus ${CMAKE_SOURCE_DIR}/fuzz/corpus/${name})
    add_executable(fuzz_${name} ${src})
    target_include_directories(fuzz_${name} PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/fuzz)
    target_link_libraries(fuzz_${name} PRIVATE onrecord_static)
    target_compile_definitions(fuzz_${name} PRIVATE ONR_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    if(ONR_FUZZ)
        target_compile_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
        target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
        add_test(NAME fuzz/${name} COMMAND fuzz_${name} -runs=0 ${corpus})
    else()
        target_sources(fuzz_${name} PRIVATE ${CMAKE_SOURCE_DIR}/fuzz/driver.c)
        add_test(NAME fuzz/${name} COMMAND fuzz_${name} ${corpus} ${ONR_FUZZ_ROUNDS_${name}})
    endif()
    set_tests_properties(fuzz/${name} PROPERTIES LABELS fuzz)
endforeach()
