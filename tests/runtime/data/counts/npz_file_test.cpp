#include "runtime/data/counts/npz_file.hpp"

#include "tests/runtime/data/counts/counts_fixture.hpp"
#include "tests/support/packings.hpp"

namespace lacuna::data {
namespace {

using ::testing::HasSubstr;

template <class T>
std::string npy(const std::string& type, const std::string& shape, const std::vector<T>& values,
                const std::string& order = "False") {
  const std::string header =
      "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }\n";
  std::string bytes = "\x93NUMPY";
  bytes += {'\x01', '\0', static_cast<char>(header.size()), '\0'};
  bytes += header;
  bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  return bytes;
}

using Members = std::map<std::string, std::string>;

std::string of(std::int64_t n) {
  return "(" + std::to_string(n) + ",)";
}

/// What scipy.sparse.save_npz() writes of the three cells.
Members csr() {
  return {{"format.npy", npy<char>("|S3", "()", {'c', 's', 'r'})},
          {"shape.npy", npy<std::int64_t>("<i8", of(2), {3, 4})},
          {"indptr.npy", npy<std::int32_t>("<i4", of(4), {0, 2, 3, 5})},
          {"indices.npy", npy<std::int32_t>("<i4", of(5), {3, 1, 0, 1, 2})},
          {"data.npy", npy<double>("<f8", of(5), {1, 2, 5, 0.5, 7})}};
}

class Npz : public CountsTest {
 protected:
  std::string fault_of(const Members& members) const {
    return fault("a.npz", testing::zip(members));
  }
};

TEST_F(Npz, BothCompressedForms) {
  EXPECT_EQ(rows_of(read("a.npz", testing::zip(csr())).matrix), three_cells);
  Members csc = csr();
  csc["format.npy"] = npy<std::uint32_t>("<U3", "()", {'c', 's', 'c'});
  csc["shape.npy"] = npy<std::int64_t>("<i8", of(2), {4, 3});
  EXPECT_EQ(rows_of(read("b.npz", testing::zip(csc), CountRows::genes).matrix), three_cells);
}

TEST_F(Npz, OneDenseArrayAndPlainNpyInEitherOrder) {
  const std::string fortran =
      npy<float>("<f4", "(3, 4)", {0, 5, 0, 2, 0, 0.5F, 0, 0, 7, 1, 0, 0}, "True");
  EXPECT_EQ(rows_of(read("a.npz", testing::zip({{"arr_0.npy", fortran}})).matrix), three_cells);
  EXPECT_EQ(rows_of(read("a.npy", fortran).matrix), three_cells);
  const std::string whole = npy<std::int64_t>("<i8", "(2, 2)", {1, 0, 0, 3});
  EXPECT_EQ(rows_of(read("b.npy", whole).matrix),
            (std::vector<std::vector<float>>{{1, 0}, {0, 3}}));
}

TEST_F(Npz, WhatDoesNotFitIsNamed) {
  const auto with = [](const char* name, std::string bytes) {
    Members members = csr();
    members[name] = std::move(bytes);
    return members;
  };
  EXPECT_THAT(fault_of(with("format.npy", npy<char>("|S3", "()", {'c', 'o', 'o'}))),
              HasSubstr("a.npz/format.npy: neither csr nor csc"));
  EXPECT_THAT(fault_of(with("indptr.npy", npy<std::int32_t>("<i4", of(4), {0, 3, 2, 5}))),
              HasSubstr("a.npz/indptr.npy: they do not ascend"));
  EXPECT_THAT(fault_of(with("indptr.npy", npy<std::int32_t>("<i4", of(3), {0, 2, 5}))),
              HasSubstr("4 are needed"));
  EXPECT_THAT(fault_of(with("indices.npy", npy<std::int32_t>("<i4", of(5), {3, 1, 0, 4, 2}))),
              HasSubstr("a.npz/indices.npy: not all are from 0 to 3"));
  EXPECT_THAT(fault_of(with("data.npy", npy<double>("<f8", of(4), {1, 2, 5, 7}))),
              HasSubstr("not as many as indices"));
  EXPECT_THAT(fault_of(with("data.npy", npy<double>("<f8", of(5), {1, 2, 5, -1, 7}))),
              HasSubstr("value 3: a negative count"));
  EXPECT_THAT(fault_of(with("shape.npy", npy<std::int64_t>("<i8", of(2), {3, 1LL << 40}))),
              HasSubstr("each side must be"));
  EXPECT_THAT(fault_of({{"a.npy", ""}, {"b.npy", ""}}), HasSubstr("holds a.npy, b.npy"));
  EXPECT_THAT(fault("a.npy", npy<float>("<f4", of(2), {1, 2})), HasSubstr("an array of 1 sides"));
  EXPECT_THAT(fault("a.npy", npy<float>("<f4", "(1, 2)", {1, -2})),
              HasSubstr("row 1, column 2: a negative count"));
}

TEST_F(Npz, SizesAreLimitedOverAllArrays) {
  CountsSource counts = source(write("a.npz", testing::zip(csr())));
  counts.max_bytes = 300;
  EXPECT_THAT(message_of<DataError>([&] { read_counts(counts); }), HasSubstr("data.max_bytes"));
}

}  // namespace
}  // namespace lacuna::data
