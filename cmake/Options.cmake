# Compiler settings shared by every target, as one interface library.
option(BUILD_TESTING "Build the tests" ON)
option(TRACEDECK_WERROR "Warnings are errors" ON)
option(TRACEDECK_FUZZ "Build the fuzz targets only (clang)" OFF)
option(TRACEDECK_COVERAGE "Instrument for coverage" OFF)
set(TRACEDECK_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined or thread")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_AUTOGEN_VERBOSE OFF)
# moc of Qt 6.4 cannot read libstdc++'s <concepts>, which <compare> and <span> pull in under C++20; without the
# compiler's predefined macros it skips that part.
set(CMAKE_AUTOMOC_COMPILER_PREDEFINES OFF)

find_program(TRACEDECK_CCACHE ccache)
if(TRACEDECK_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${TRACEDECK_CCACHE})
endif()
find_program(TRACEDECK_MOLD mold)
if(TRACEDECK_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

add_library(tracedeck_options INTERFACE)
target_compile_options(tracedeck_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
    -Woverloaded-virtual -Wimplicit-fallthrough -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
if(TRACEDECK_WERROR)
    target_compile_options(tracedeck_options INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # GCC 12 sees overlapping copies in std::string concatenation that are not there (GCC bug 105651).
    target_compile_options(tracedeck_options INTERFACE -Wno-restrict)
endif()
if(TRACEDECK_SANITIZE)
    target_compile_options(tracedeck_options INTERFACE -fsanitize=${TRACEDECK_SANITIZE} -fno-omit-frame-pointer
        -fno-sanitize-recover=all)
    if(TRACEDECK_SANITIZE STREQUAL "thread")
        # Boost.Asio fences inside its scheduler; g++ warns that the sanitizer does not follow fences.
        target_compile_options(tracedeck_options INTERFACE -Wno-tsan)
    endif()
    target_link_options(tracedeck_options INTERFACE -fsanitize=${TRACEDECK_SANITIZE})
endif()
if(TRACEDECK_FUZZ)
    target_compile_options(tracedeck_options INTERFACE -fsanitize=fuzzer-no-link,address,undefined
        -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(tracedeck_options INTERFACE -fsanitize=address,undefined)
endif()
if(TRACEDECK_COVERAGE)
    target_compile_options(tracedeck_options INTERFACE --coverage)
    target_link_options(tracedeck_options INTERFACE --coverage)
endif()
target_compile_definitions(tracedeck_options INTERFACE QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_FOREACH
    QT_NO_CAST_FROM_BYTEARRAY QT_USE_QSTRINGBUILDER QT_DISABLE_DEPRECATED_BEFORE=0x060400)
target_include_directories(tracedeck_options INTERFACE ${CMAKE_SOURCE_DIR})
