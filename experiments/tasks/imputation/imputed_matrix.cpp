#include "experiments/tasks/imputation/imputed_matrix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

#include "experiments/run/run_loader.hpp"
#include "experiments/run/thread_count.hpp"
#include "experiments/tasks/imputation/imputation_task.hpp"
#include "runtime/data/asked_rows.hpp"
#include "runtime/data/images/npy_file.hpp"
#include "runtime/error.hpp"
#include "runtime/io/csv_field.hpp"
#include "runtime/train/predictor.hpp"

namespace lacuna::experiments {

namespace {

class ImputedMatrix final : public Predictions {
 public:
  ImputedMatrix(std::string run, data::Counts counts, std::vector<float> values)
      : run_(std::move(run)), counts_(std::move(counts)), values_(std::move(values)) {
    if (!by_gene()) return;
    std::vector<float> across(values_.size());
    for (std::int64_t r = 0; r < rows(); ++r) {
      for (std::int64_t c = 0; c < cols(); ++c) across[at(r, c)] = values_[at_transposed(r, c)];
    }
    values_ = std::move(across);
  }

  std::size_t count() const override {
    return values_.size() - static_cast<std::size_t>(counts_.matrix.nnz());
  }

  config::Json json() const override {
    return config::Json::object({{"run", run_},
                                 {"rows", by_gene() ? "genes" : "cells"},
                                 {"cells", counts_.cells()},
                                 {"genes", counts_.genes()},
                                 {"known", counts_.matrix.nnz()},
                                 {"imputed", static_cast<std::int64_t>(count())}});
  }

  void csv(const io::WriteText& write) const override {
    const auto& row_names = by_gene() ? counts_.gene_names : counts_.cell_names;
    const auto& col_names = by_gene() ? counts_.cell_names : counts_.gene_names;
    std::string line;
    for (std::int64_t c = 0; c < cols(); ++c) {
      line += ',' + io::csv_field(data::name_at(col_names, c));
    }
    write(line + '\n');
    for (std::int64_t r = 0; r < rows(); ++r) {
      line = io::csv_field(data::name_at(row_names, r));
      for (std::int64_t c = 0; c < cols(); ++c) {
        fmt::format_to(std::back_inserter(line), ",{}", values_[at(r, c)]);
      }
      write(line + '\n');
    }
  }

  void write(std::string_view ending, const io::WriteText& write) const override {
    if (ending == ".mtx") return matrix_market(write);
    if (ending == ".npy") return write(data::npy_bytes(std::array{rows(), cols()}, values_));
    csv(write);
  }

  std::string text() const override {
    return fmt::format(
        "{} cells x {} genes: {} values are known, {} were imputed; --output FILE.mtx, FILE.csv "
        "or FILE.npy saves the matrix, a row for each {}\n",
        counts_.cells(), counts_.genes(), counts_.matrix.nnz(), count(),
        by_gene() ? "gene" : "cell");
  }

 private:
  bool by_gene() const { return counts_.rows == data::CountRows::genes; }
  std::int64_t rows() const { return by_gene() ? counts_.genes() : counts_.cells(); }
  std::int64_t cols() const { return by_gene() ? counts_.cells() : counts_.genes(); }
  std::size_t at(std::int64_t r, std::int64_t c) const {
    return static_cast<std::size_t>(r * cols() + c);
  }
  std::size_t at_transposed(std::int64_t r, std::int64_t c) const {
    return static_cast<std::size_t>(c * rows() + r);
  }

  void matrix_market(const io::WriteText& write) const {
    const auto entries = std::ranges::count_if(values_, [](float value) { return value != 0; });
    write(fmt::format("%%MatrixMarket matrix coordinate real general\n% rows are {}\n{} {} {}\n",
                      by_gene() ? "genes" : "cells", rows(), cols(), entries));
    std::string lines;
    for (std::int64_t r = 0; r < rows(); ++r) {
      lines.clear();
      for (std::int64_t c = 0; c < cols(); ++c) {
        const float value = values_[at(r, c)];
        if (value != 0)
          fmt::format_to(std::back_inserter(lines), "{} {} {}\n", r + 1, c + 1, value);
      }
      write(lines);
    }
  }

  std::string run_;
  data::Counts counts_;
  std::vector<float> values_;  // [rows(), cols()]
};

/// What the model makes of every gene of each cell, [cells, genes].
std::vector<float> predict_all(DeviceContext& context, Model& model, const ImputationTask& task) {
  std::vector<float> values;
  const CsrMatrix& known = task.train_matrix();
  Predictor predictor(context, model, asked_of(known, known), Output::whole_rows);
  predictor.for_each_piece([&](std::int64_t, std::span<float> piece) {
    if (!std::ranges::all_of(piece, [](float value) { return std::isfinite(value); })) {
      throw NonFiniteError("the model's predictions are not finite");
    }
    for (const float value : piece) values.push_back(std::max(value, 0.0F));
  });
  return values;
}

}  // namespace

std::unique_ptr<Predictions> impute_matrix(const PredictRequest& request) {
  DeviceContext context(choose_device(request.device), thread_count(request.threads));
  RunLoader loader(context, request.data);
  const auto [loaded, fresh, model] = loader.load(request.run);
  const auto& task = static_cast<const ImputationTask&>(loaded);
  std::vector<float> values = predict_all(context, *model, task);
  const data::CsrArrays& known = task.split().counts.matrix;
  std::size_t e = 0;
  for (std::int64_t r = 0; r < known.rows; ++r) {
    for (; e < static_cast<std::size_t>(known.row_ptr[static_cast<std::size_t>(r) + 1]); ++e) {
      values[static_cast<std::size_t>(r * known.cols + known.col[e])] = known.value[e];
    }
  }
  return std::make_unique<ImputedMatrix>(request.run.folder.string(), task.split().counts,
                                         std::move(values));
}

}  // namespace lacuna::experiments
