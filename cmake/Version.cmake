# The version comes from git where there is a checkout, else from the last release.
set(TRACEDECK_VERSION "0.1.0")
find_package(Git QUIET)
if(GIT_FOUND)
    execute_process(COMMAND ${GIT_EXECUTABLE} describe --tags --always --dirty WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
                    OUTPUT_VARIABLE TRACEDECK_GIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(TRACEDECK_GIT)
    set(TRACEDECK_VERSION "0.1.0+${TRACEDECK_GIT}")
endif()
