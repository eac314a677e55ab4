# tracedeck_embed_resources(TARGET): tokens, icons and the fonts of Debian's packages, compiled in, so that
# pictures do not depend on what the machine has installed.
function(tracedeck_embed_resources target)
    set(wanted
        "fonts-inter|Inter-Regular|Inter-SemiBold" # every file costs a hundredth of the start
        "fonts-jetbrains-mono|JetBrainsMono-Regular")
    set(list "<RCC>\n  <qresource prefix=\"/fonts\">\n")
    foreach(entry IN LISTS wanted)
        string(REPLACE "|" ";" names "${entry}")
        list(POP_FRONT names package)
        foreach(name IN LISTS names)
            find_file(TRACEDECK_FONT_${name} NAMES ${name}.otf ${name}.ttf
                PATHS /usr/share/fonts /usr/local/share/fonts
                PATH_SUFFIXES opentype/inter truetype/inter truetype/jetbrains-mono opentype/jetbrains-mono
                NO_DEFAULT_PATH)
            if(NOT TRACEDECK_FONT_${name})
                message(FATAL_ERROR "Font ${name} not found. Install the package ${package} (apt-get install ${package}).")
            endif()
            get_filename_component(file ${TRACEDECK_FONT_${name}} NAME)
            string(APPEND list "    <file alias=\"${file}\">${TRACEDECK_FONT_${name}}</file>\n")
        endforeach()
    endforeach()
    string(APPEND list "  </qresource>\n</RCC>\n")
    set(fonts ${CMAKE_BINARY_DIR}/resources/tracedeck_fonts.qrc)
    file(CONFIGURE OUTPUT ${fonts} CONTENT "${list}" @ONLY)
    qt_add_resources(compiled ${CMAKE_SOURCE_DIR}/resources/tracedeck.qrc)
    # Fonts do not compress; skipping the attempt keeps the start and the build short.
    qt_add_resources(compiled ${fonts} OPTIONS --no-compress)
    set_source_files_properties(${compiled} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON SKIP_AUTOGEN ON)
    target_sources(${target} PRIVATE ${compiled})
endfunction()
