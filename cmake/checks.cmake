# The checks of tools/ as tests, so that ./test shows them. Each is a script that prints
# `file:line: what is wrong`; 77 means that a tool it needs is not installed.
add_test(NAME check/rooms COMMAND ${CMAKE_SOURCE_DIR}/tools/check-rooms)
add_test(NAME check/style COMMAND ${CMAKE_SOURCE_DIR}/tools/check-style)
add_test(NAME check/docs COMMAND ${CMAKE_SOURCE_DIR}/tools/check-docs)
add_test(NAME check/setup COMMAND ${CMAKE_SOURCE_DIR}/tools/check-setup)
add_test(NAME check/checks COMMAND ${CMAKE_SOURCE_DIR}/tests/tools/checks.sh ${CMAKE_SOURCE_DIR})
add_test(NAME check/schema-doc COMMAND ${CMAKE_SOURCE_DIR}/tools/make-schema-doc --check)
foreach(check rooms style docs setup checks schema-doc)
    set_tests_properties(check/${check} PROPERTIES LABELS check SKIP_RETURN_CODE 77
                         ENVIRONMENT LC_ALL=C)
endforeach()

# Public headers compile alone and twice, as C17 and as C++17.
file(GLOB ONR_PUBLIC_HEADERS RELATIVE ${CMAKE_SOURCE_DIR}/include CONFIGURE_DEPENDS
     ${CMAKE_SOURCE_DIR}/include/onrecord/*.h)
set(ONR_HEADER_SOURCES)
foreach(header ${ONR_PUBLIC_HEADERS})
    get_filename_component(name ${header} NAME_WE)
    foreach(lang c cc)
        set(src ${CMAKE_BINARY_DIR}/headers/${name}.${lang})
        file(CONFIGURE OUTPUT ${src} CONTENT "#include \"@header@\"\n#include \"@header@\"\nextern int alone;\n" @ONLY)
        list(APPEND ONR_HEADER_SOURCES ${src})
    endforeach()
endforeach()
add_library(onr_headers OBJECT ${ONR_HEADER_SOURCES})
target_include_directories(onr_headers PRIVATE ${CMAKE_SOURCE_DIR}/include)
target_compile_features(onr_headers PRIVATE cxx_std_17)
target_compile_options(onr_headers PRIVATE -Wall -Wextra -Wpedantic -Werror)

# The records of examples/*.txt against tests/golden/read/*.json, judged by people (tests/golden/update).
file(GLOB ONR_GOLDEN CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/golden/read/*.json)
foreach(golden ${ONR_GOLDEN})
    get_filename_component(name ${golden} NAME_WE)
    add_test(NAME golden/read/${name}
             COMMAND ${CMAKE_SOURCE_DIR}/tests/golden/read.sh $<TARGET_FILE:onrecord>
                     examples/${name}.txt ${golden}
             WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(golden/read/${name} PROPERTIES LABELS golden SKIP_RETURN_CODE 77)
endforeach()

# Names the shared library exports. Not under sanitizers, which export their own.
if(TARGET onrecord_shared AND NOT ONR_SANITIZE AND NOT ONR_COVERAGE)
    add_test(NAME check/abi COMMAND ${CMAKE_SOURCE_DIR}/tools/check-abi $<TARGET_FILE:onrecord_shared>)
    set_tests_properties(check/abi PROPERTIES LABELS check SKIP_RETURN_CODE 77)
endif()
