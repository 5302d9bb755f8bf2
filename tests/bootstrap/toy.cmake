# Stands in for the real project: a shell script as the program, and one test of each outcome.
cmake_minimum_required(VERSION 3.25)
project(toy LANGUAGES NONE)

set(program "${CMAKE_BINARY_DIR}/experiments/lacuna")
set(source "${CMAKE_SOURCE_DIR}/experiments/program.sh")
add_custom_command(OUTPUT "${program}" DEPENDS "${source}"
  COMMAND sh -n "${source}" COMMAND "${CMAKE_COMMAND}" -E copy "${source}" "${program}")
add_custom_target(lacuna ALL DEPENDS "${program}")

if(LACUNA_BUILD_TESTS)
  enable_testing()
  add_test(NAME toy.passes COMMAND "${program}")
  add_test(NAME toy.passes_with_markup COMMAND "${CMAKE_COMMAND}" -E echo "<testcase status=\"fail\">")
  add_test(NAME toy.fails COMMAND "${CMAKE_COMMAND}" -E false)
  add_test(NAME toy.cannot_start COMMAND /no/such/program)
  add_test(NAME toy.skips_itself COMMAND "${CMAKE_COMMAND}" -E echo "[  SKIPPED ]")
  set_tests_properties(toy.skips_itself PROPERTIES SKIP_REGULAR_EXPRESSION "\\[  SKIPPED \\]")
  # Parts of a GoogleTest program: one with a case of each outcome, one that crashes.
  file(WRITE "${CMAKE_BINARY_DIR}/0.xml" "<testsuites>
  <testsuite name=\"Suite\">
    <testcase name=\"Passes\" status=\"run\" result=\"completed\" />
    <testcase name=\"Skips\" status=\"run\" result=\"skipped\">
      <skipped message=\"no device\"/>
    </testcase>
    <testcase name=\"FailsTwice\" status=\"run\" result=\"completed\">
      <failure message=\"one\"></failure>
      <failure message=\"two\"></failure>
    </testcase>
  </testsuite>
</testsuites>
")
  add_test(NAME lacuna_tests.0 COMMAND sh -c
    "mkdir -p tests/shards && cp 0.xml tests/shards && false" WORKING_DIRECTORY "${CMAKE_BINARY_DIR}")
  add_test(NAME lacuna_tests.1 COMMAND sh -c "kill -9 $$")
  add_test(NAME toy.disabled COMMAND "${program}")
  set_tests_properties(toy.disabled PROPERTIES DISABLED ON)
endif()
