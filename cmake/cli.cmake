# The program as its users call it: one test a case file (tests/cli/run tells how to read them).
# *.model.t need a language model and are skipped, loudly, where there is none.
if(TARGET onrecord)
    file(GLOB ONR_CLI_CASES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/cli/*.t)
    foreach(case ${ONR_CLI_CASES})
        get_filename_component(name ${case} NAME_WE)
        if(ONR_SANITIZE AND name STREQUAL "huge")
            continue() # it states time and memory of a plain build; minutes under a sanitizer
        endif()
        add_test(NAME cli/${name} COMMAND ${CMAKE_SOURCE_DIR}/tests/cli/run $<TARGET_FILE:onrecord> ${case})
        set_tests_properties(cli/${name} PROPERTIES LABELS cli SKIP_RETURN_CODE 77 TIMEOUT 300)
    endforeach()
endif()

# The store in other people's programs.
if(TARGET onrecord AND ONR_STORE AND NOT ONR_SANITIZE)
    add_test(NAME readers/store COMMAND ${CMAKE_SOURCE_DIR}/tests/readers/run $<TARGET_FILE:onrecord>)
    set_tests_properties(readers/store PROPERTIES LABELS cli SKIP_RETURN_CODE 77 TIMEOUT 300)
    if(TARGET onrecord_serve)
        add_test(NAME readers/openapi COMMAND ${CMAKE_SOURCE_DIR}/tests/readers/openapi $<TARGET_FILE:onrecord>)
        set_tests_properties(readers/openapi PROPERTIES LABELS cli SKIP_RETURN_CODE 77 TIMEOUT 300)
    endif()
endif()

# The pages in a real browser; only where ONR_BROWSER is set, as ./test does: it takes a minute.
if(TARGET onrecord AND ONR_SERVE AND NOT ONR_SANITIZE)
    add_test(NAME browser/pages COMMAND ${CMAKE_SOURCE_DIR}/tests/browser/run $<TARGET_FILE:onrecord> ${CMAKE_BINARY_DIR})
    set_tests_properties(browser/pages PROPERTIES LABELS browser SKIP_RETURN_CODE 77 TIMEOUT 600 RUN_SERIAL ON)
endif()
