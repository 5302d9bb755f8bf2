#include "tests/experiments/program_test.hpp"

namespace lacuna::experiments {
namespace {

/// Large enough that every kernel splits its work among the threads.
constexpr const char* experiment = R"({
  "data": { "type": "synthetic", "users": 700, "items": 500, "ratings": 20000, "vectors": "item" },
  "model": { "type": "autorec", "hidden_units": 48 },
  "train": { "epochs": 5, "optimizer": { "type": "adam" }, "l2": { "lambda": 1 } },
  "evaluate": { "probe": { "draws": 5, "levels": 5 } }
})";

/// The same with dense rows, of which a number or one of so many classes is predicted.
std::string table_experiment(int classes) {
  const std::string task = classes > 0 ? "classification" : "regression";
  return R"({
  "data": { "type": "synthetic_table", "rows": 1000, "columns": 60, "missing_share": 0.3,
            "classes": )" +
         std::to_string(classes) + R"( },
  "model": { "type": "mlp", "input": { "type": "sparsity_normalization" },
             "layers": [{ "units": 96, "dropout": 0.2,
                          "normalize": { "k": "inputs", "count_by": "non_zeros" } },
                        { "units": 64, "activation": "tanh" }] },
  "train": { "epochs": 4, "optimizer": { "type": "adam" }, "l2": { "lambda": 0.01 } },
  "evaluate": { "type": ")" +
         task + R"(" }
})";
}

class Row28Determinism : public ProgramTest {
 protected:
  Row28Determinism() { write_file(folder_ / "experiment.json", experiment); }

  void train(const std::string& run, const std::string& threads,
             const std::string& change = "train.batch_size=0") const {
    output_of({"train", "experiment.json", change, "output.dir=" + run, "--threads", threads,
               "--device", "cpu", "-q"});
  }

  std::string weights(const std::string& run) const {
    return read_file(folder_ / (run + "/seed-0/weights.safetensors"));
  }

  Json test(const std::string& run) const {
    return config::read_json(folder_ / (run + "/seed-0/result.json")).at("test");
  }

  /// metrics.jsonl without the times.
  std::vector<Json> metrics(const std::string& run) const {
    std::vector<Json> lines;
    for (const auto& text : lines_of(read_file(folder_ / (run + "/seed-0/metrics.jsonl")))) {
      Json line = config::parse_json(text, "metrics.jsonl");
      line.set("seconds", 0);
      lines.push_back(line);
    }
    return lines;
  }
};

TEST_F(Row28Determinism, ARunRepeatsToTheBitWithAnyNumberOfThreads) {
  train("first", "2");
  ASSERT_GT(weights("first").size(), 48u * 700 * 2 * sizeof(float));
  for (const char* threads : {"2", "1", "4"}) {
    const std::string run = std::string("again-") + threads;
    train(run, threads);
    EXPECT_EQ(weights(run), weights("first")) << threads << " threads";
    EXPECT_EQ(metrics(run), metrics("first")) << threads << " threads";
    EXPECT_EQ(read_file(folder_ / (run + "/probe.csv")), read_file(folder_ / "first/probe.csv"));
    EXPECT_EQ(test(run), test("first")) << threads << " threads";
  }
}

TEST_F(Row28Determinism, MiniBatchesRepeatToTheBitWithAnyNumberOfThreads) {
  train("whole", "2");
  train("first", "2", "train.batch_size=64");
  EXPECT_NE(weights("first"), weights("whole"));
  for (const char* threads : {"1", "4"}) {
    const std::string run = std::string("again-") + threads;
    train(run, threads, "train.batch_size=64");
    EXPECT_EQ(weights(run), weights("first")) << threads << " threads";
    EXPECT_EQ(metrics(run), metrics("first")) << threads << " threads";
  }
}

TEST_F(Row28Determinism, ATableRepeatsToTheBitWithAnyNumberOfThreads) {
  for (const int classes : {0, 3}) {
    write_file(folder_ / "experiment.json", table_experiment(classes));
    for (const std::string batch : {"train.batch_size=0", "train.batch_size=400"}) {
      const std::string first = std::to_string(classes) + batch;
      train(first, "2", batch);
      for (const char* threads : {"1", "4"}) {
        const std::string run = first + threads;
        train(run, threads, batch);
        EXPECT_EQ(weights(run), weights(first)) << threads << " threads";
        EXPECT_EQ(metrics(run), metrics(first)) << threads << " threads";
        EXPECT_EQ(test(run), test(first)) << threads << " threads";
      }
    }
  }
}

TEST_F(Row28Determinism, AnotherSeedGivesOtherBits) {
  output_of({"train", "experiment.json", "output.dir=run", "seeds=2", "-q"});
  EXPECT_NE(weights("run"), read_file(folder_ / "run/seed-1/weights.safetensors"));
}

}  // namespace
}  // namespace lacuna::experiments
