#include "runtime/data/file_kind.hpp"

#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

using std::literals::operator""s;
using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(FileKind, SaysWhatAFileIsAndWhatToDo) {
  struct Case {
    std::string begin;
    const char* name;
    const char* advice;
  };
  std::string tar(600, 'x');
  tar.replace(257, 5, "ustar");
  for (const Case& kind :
       {Case{"PAR1\x15\x04"s, "Parquet", "to_csv"},
        Case{"ARROW1\0\0"s, "Feather", "to_csv"},
        Case{"\xD0\xCF\x11\xE0\xA1\xB1"s, "Excel workbook", "save it as CSV"},
        Case{"SQLite format 3\0"s, "SQLite", "sqlite3"},
        Case{"\x89HDF\r\n"s, "HDF5", "CSV"},
        Case{"\x93NUMPY\x01\x00"s, "NumPy", "savetxt"},
        Case{"\x80\x04\x95"s, "pickle", "CSV"},
        Case{"\xFF\xFEu\0s\0e\0r\0"s, "UTF-16", "iconv"},
        Case{"u\0s\0e\0r\0,\0"s, "UTF-16", "iconv"},
        Case{"<!DOCTYPE html>"s, "web page", "fetch"},
        Case{"7z\xBC\xAF\x27\x1C"s, "7z", "unpack"},
        Case{tar, "tar archive", "unpack"},
        Case{"\x1f\x8b\x08"s, "twice", "gzip -d"},
        Case{"version https://git-lfs.github.com/spec/v1"s, "Git LFS", "git lfs pull"},
        Case{"BZh91AY&SY"s, "bzip2 within", "bzip2 -d"},
        Case{"\xfd\x37zXZ\0"s, "xz within", "xz -d"},
        Case{"\x28\xb5\x2f\xfd"s, "zstd within", "zstd -d"},
        Case{"\x5d\0\0\x80\0"s, "lzma", "xz -d"},
        Case{"\r\n <HTML>"s, "web page", "fetch"},
        Case{"user,item\r1,2\r"s, "old Macs", "tr '\\r' '\\n'"},
        Case{"1,2,3\n4,\0,6\n"s, "line 2 holds a NUL", "UTF-8"}}) {
    EXPECT_THAT(message_of<DataError>([&] { check_is_text(kind.begin, "x.csv"); }),
                AllOf(HasSubstr("x.csv is "), HasSubstr(kind.name), HasSubstr(kind.advice)));
  }
  for (const char* text :
       {"", "user,item,rating\n", "\xEF\xBB\xBFu,i,r\n", "%%MatrixMarket", "X,Y\n", "one line\r"}) {
    EXPECT_NO_THROW(check_is_text(text, "x.csv")) << text;
  }
}

}  // namespace
}  // namespace lacuna::data
