#pragma once

#include <string_view>

/// What the program says. A stream that cannot be written stops nothing: files are still completed,
/// and finish_output() tells of it at the end.
namespace lacuna::io {

/// To be called first. A stream that is closed gets a descriptor that cannot be used, so that no
/// file takes its number; writing to a pipe that nobody reads is an error, not the end.
void prepare_streams();

/// Text to standard output. Here and in say() control characters but line ends and tabs are
/// escaped: ids, titles and names of others' files must not govern a terminal.
void print(std::string_view text);

/// Text to standard error; what cannot be shown is lost.
void say(std::string_view text);

/// The same as it is, for lines that write themselves anew.
void draw(std::string_view text);

/// Waits until all that was printed is written. Throws IoError where some of it could not be,
/// unless whoever read it has gone, as `head` does: they have what they wanted.
void finish_output();

}  // namespace lacuna::io
