#include <functional>
#include <new>

#include "experiments/run/launch.hpp"
#include "runtime/checkpoint/manifest.hpp"
#include "runtime/config/parse.hpp"
#include "runtime/data/counts/load_counts.hpp"
#include "runtime/data/ratings/cell_file.hpp"
#include "runtime/data/ratings/load.hpp"
#include "runtime/data/ratings/titles.hpp"
#include "runtime/data/tables/load_table.hpp"
#include "runtime/error.hpp"
#include "runtime/tensor/tensor.hpp"
#include "tests/experiments/table_experiment.hpp"
#include "tests/reliability/checkpoint_files.hpp"
#include "tests/runtime/data/ratings/parse_files.hpp"
#include "tests/support/allocation.hpp"
#include "tests/support/packings.hpp"

/// Row 23 of the list of faults that are survived: memory that runs out, at any allocation.
namespace lacuna {
namespace {

namespace fs = std::filesystem;
using testing::write_file;

/// It may succeed, or fail cleanly.
void attempt(const std::function<void()>& action) {
  try {
    action();
  } catch (const std::bad_alloc&) {
  } catch (const Error&) {  // a stream, say, that reports the failure as one to read
  }
}

/// Runs `action` with its first allocation failing, then its second, and so on until none is left;
/// with `sparse` only about so many of each doubling. `prepare` runs before each. None may leak.
void fail_each_allocation(
    const std::function<void()>& action, std::int64_t sparse = 0,
    const std::function<void()>& prepare = [] {}) {
  if (!testing::allocations_are_counted) {
    GTEST_SKIP() << "AddressSanitizer has its own operator new";
  }
  prepare();
  action();  // what libraries make once is no leak, nor is what a pool keeps
  const std::int64_t kept = testing::live_allocations();
  bool happened = true;
  for (std::int64_t n = 0; happened; n += sparse == 0 ? 1 : 1 + n / sparse) {
    prepare();
    {
      const testing::FailingAllocation failing(n);
      attempt(action);
      happened = failing.happened();
    }
    ASSERT_LE(testing::live_allocations(), kept) << "where allocation " << n << " fails";
  }
}

class Row23OutOfMemory : public testing::CheckpointFiles {
 protected:
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
};

TEST_F(Row23OutOfMemory, TheMechanismFailsOnce) {
  if (!testing::allocations_are_counted) {
    GTEST_SKIP() << "AddressSanitizer has its own operator new";
  }
  const std::int64_t before = testing::live_allocations();
  const testing::FailingAllocation failing(1);
  void* first = ::operator new(8);
  EXPECT_EQ(testing::live_allocations(), before + 1);
  EXPECT_FALSE(failing.happened());
  EXPECT_THROW(::operator delete(::operator new(8)), std::bad_alloc);
  EXPECT_TRUE(failing.happened());
  void* third = ::operator new(8);
  ::operator delete(first);
  ::operator delete(third);
  EXPECT_EQ(testing::live_allocations(), before);
}

TEST_F(Row23OutOfMemory, Json) {
  const std::string text = experiments::tiny_comparison;
  fail_each_allocation([&] { config::dump(config::parse_json(text, "f.json")); });
  fail_each_allocation(
      [&] { attempt([&] { config::parse_json(text.substr(0, text.size() - 3), "f.json"); }); });
  write_file(folder_ / "f.json", text);
  fail_each_allocation([&] { config::read_json(folder_ / "f.json"); });
}

TEST_F(Row23OutOfMemory, Experiments) {
  const config::Json json = config::parse_json(experiments::tiny_comparison, "f.json");
  fail_each_allocation([&] { config::parse<experiments::Experiment>(json); });
  const config::Json wrong = config::parse_json(R"({"data": {"typ": "csv"}})", "f.json");
  fail_each_allocation([&] { attempt([&] { config::parse<experiments::Experiment>(wrong); }); });
}

TEST_F(Row23OutOfMemory, Ratings) {
  std::string csv = "user,item,rating\n";
  for (int i = 0; i < 40; ++i) csv += std::to_string(i / 5) + "," + std::to_string(i % 5) + ",3\n";
  write_file(folder_ / "ratings.csv", csv);
  write_file(folder_ / "bad.csv", csv + "1,2,x\n");
  write_file(folder_ / "texts.csv", "user,item,rating\n\"a b\",c,1\n007,\"two\nlines\",2\n");
  write_file(folder_ / "objects.jsonl", "{\"user\": \"a\", \"item\": 7, \"rating\": 2}\n");
  for (const int threads : {1, 2}) {
    for (const std::string name : {"ratings.csv", "bad.csv", "texts.csv", "objects.jsonl"}) {
      fail_each_allocation([&] {
        attempt([&] { data::parse_csv(path(name), {}, {.threads = threads, .piece_bytes = 50}); });
      });
    }
  }
  data::CsvSource source;
  source.path = path("ratings.csv");
  fail_each_allocation([&] { data::load(source); });
}

TEST_F(Row23OutOfMemory, RatingsOfOtherLayouts) {
  std::string dense = "2,1.5,-3";
  for (int i = 0; i < 58; ++i) dense += ",99";
  const auto fail = [&](data::Layout layout, const std::string& text) {
    write_file(folder_ / "a.txt", text);
    const data::FileFormat format = data::format_of(layout, {});
    fail_each_allocation([&] {
      attempt([&] { data::parse_file(path("a.txt"), format, 1 << 20, {.piece_bytes = 50}); });
    });
  };
  fail(data::Layout::netflix_prize, "1:\n5,3,2005-09-06\n6,4,2005-09-06\n2:\n5,1,2005-09-06\n");
  fail(data::Layout::jester, dense + "\n" + dense + "\n");
  fail(data::Layout::book_crossing, "\"User-ID\";\"ISBN\";\"Book-Rating\"\n\"1\";\"0X\";\"4\"\n");
  fail(data::Layout::lastfm, "a b\tm\tDie \xC4rzte\t7\na c\tm\tx\t1\n");
  fail(data::Layout::amazon, "{\"reviewerID\": \"A\", \"asin\": \"B\", \"overall\": 3}\n");
}

TEST_F(Row23OutOfMemory, PackedFilesPartsTitlesAndPairs) {
  const std::string csv = "user,item,rating\nann,1,3\nbo,2,4\n";
  data::CsvSource source;
  for (const testing::Packer& packer : testing::packers) {
    source.path = path(std::string("a.csv.") + packer.name);
    write_file(source.path, packer.pack(csv));
    fail_each_allocation([&] { data::load_ratings(source); });
  }
  fs::create_directory(folder_ / "parts");
  write_file(folder_ / "parts/part-0.csv", csv);
  write_file(folder_ / "parts/part-1.csv", "user,item,rating\nann,3,1\n");
  source.path = path("parts");
  fail_each_allocation([&] { data::load_ratings(source); });
  write_file(folder_ / "movies.csv", "movieId,title\n1,\"A, \"\"b\"\"\"\n");
  const data::Ids items(std::vector<std::uint64_t>{1, 2});
  fail_each_allocation([&] { data::titles_beside(path("ratings.csv"), items); });
  write_file(folder_ / "pairs.csv", csv);
  fail_each_allocation([&] { data::read_cells(path("pairs.csv"), data::CellColumns::user_item); });
}

TEST_F(Row23OutOfMemory, Counts) {
  const std::string mtx =
      "%%MatrixMarket matrix coordinate integer general\n3 2 3\n1 1 4\n2 2 7\n3 1 1\n";
  write_file(folder_ / "a.mtx", mtx);
  write_file(folder_ / "bad.mtx", mtx + "3 x 1\n");
  write_file(folder_ / "a.csv", ",A,B\nc1,4,0\nc2,0,7\nc3,1,2\n");
  data::CountsSource source;
  source.rows = data::CountRows::cells;
  source.test_share = 0.3;
  source.validation_share = 0.4;
  source.preprocess = {data::LibrarySize{}, data::MostDispersed{.genes = 2}};
  for (const int threads : {1, 2}) {
    for (const std::string name : {"a.mtx", "bad.mtx", "a.csv"}) {
      source.path = path(name);
      fail_each_allocation(
          [&] { attempt([&] { data::load_counts(source, {.threads = threads}); }); });
    }
  }
}

TEST_F(Row23OutOfMemory, Tables) {
  const std::string csv = experiments::small_table();
  write_file(folder_ / "table.csv", csv);
  write_file(folder_ / "bad.csv", csv + "1,2,red\n");
  data::TableSource source;
  source.target = "y";
  for (const std::string name : {"table.csv", "bad.csv"}) {
    source.path = path(name);
    fail_each_allocation([&] { attempt([&] { data::load_table(source); }); });
  }
}

TEST_F(Row23OutOfMemory, CheckpointsAndTheirManifest) {
  const fs::path stored = folder_ / "stored";
  write_checkpoint(stored, content());
  fail_each_allocation([&] { read_manifest(stored); });
  fail_each_allocation([&] { io::SafetensorsFile::open(stored / "weights.safetensors"); });
  fail_each_allocation([&] { loads(StoredCheckpoint::open(stored)); });
}

TEST_F(Row23OutOfMemory, ASaveKeepsTheCheckpointBeforeIt) {
  checkpoints().save(1, content());
  fail_each_allocation([&] { checkpoints().save(2, content(2)); }, 8,
                       [&] {
                         const auto newest = checkpoints().newest();
                         ASSERT_TRUE(newest && loads(*newest));
                         fs::remove_all(folder_ / "checkpoints/step-00000002");
                       });
}

TEST_F(Row23OutOfMemory, MemoryPool) {
  fail_each_allocation([] {
    MemoryPool pool(cpu::make_runtime());
    {
      const auto small = pool.allocate(100);
      const auto large = pool.allocate(100'000);
      const Tensor tensor = Tensor::zeros(pool, DType::f32, {30, 40});
    }
    EXPECT_EQ(pool.statistics().bytes_in_use, 0U);
    pool.allocate(100);
  });
}

class Row23OutOfMemoryInATraining : public experiments::TableTest,
                                    public ::testing::WithParamInterface<const char*> {};

TEST_P(Row23OutOfMemoryInATraining, EndsIt) {
  const experiments::Plan plan = experiments::load_plan(
      folder_ / GetParam(), {"train.epochs=2", "train.batch_size=20", "device=cpu", "threads=2",
                             "output.dir=" + (folder_ / "run").string()});
  fail_each_allocation([&] { experiments::train(plan, {.quiet = true}); }, 12,
                       [&] { fs::remove_all(folder_ / "run"); });
}

INSTANTIATE_TEST_SUITE_P(Rows, Row23OutOfMemoryInATraining, experiments::tiny_experiments,
                         experiments::kind_of_rows);

}  // namespace
}  // namespace lacuna
