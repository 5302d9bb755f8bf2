#include "runtime/data/counts/preprocess.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "runtime/data/counts/median.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

using Kept = std::vector<std::uint8_t>;

std::vector<double> totals_of(const CsrArrays& matrix) {
  std::vector<double> totals(static_cast<std::size_t>(matrix.rows));
  for (std::size_t r = 0; r < totals.size(); ++r) {
    const auto first = matrix.value.begin();
    totals[r] = std::accumulate(first + matrix.row_ptr[r], first + matrix.row_ptr[r + 1], 0.0);
  }
  return totals;
}

struct Apply {
  Counts& counts;
  const std::function<void(const std::string&)>& remark;

  void operator()(const FilterGenes& filter) const {
    std::vector<std::int64_t> cells(static_cast<std::size_t>(counts.genes()));
    for (std::size_t e = 0; e < counts.matrix.value.size(); ++e) {
      if (static_cast<double>(counts.matrix.value[e]) < filter.least_count) continue;
      ++cells[static_cast<std::size_t>(counts.matrix.col[e])];
    }
    Kept kept;
    for (const std::int64_t found : cells) kept.push_back(found >= filter.least_cells ? 1 : 0);
    say(filter.tag, kept, "genes", "lower least_count or least_cells");
    keep_genes(counts, kept);
  }

  void operator()(const FilterCells& filter) const {
    const std::vector<double> totals = totals_of(counts.matrix);
    Kept kept;
    for (std::size_t r = 0; r < totals.size(); ++r) {
      const std::int64_t genes = counts.matrix.row_ptr[r + 1] - counts.matrix.row_ptr[r];
      kept.push_back(genes >= filter.least_genes && totals[r] >= filter.least_total ? 1 : 0);
    }
    say(filter.tag, kept, "cells", "lower least_genes or least_total");
    keep_cells(counts, kept);
  }

  void operator()(const LibrarySize& size) const {
    const std::vector<double> totals = totals_of(counts.matrix);
    const double wanted = size.total ? *size.total : median(totals);
    if (wanted == 0) {
      throw DataError(
          "data.preprocess: library_size: half of the cells are empty: set total, or "
          "leave cells out by filter_cells before it");
    }
    for (std::size_t r = 0; r < totals.size(); ++r) {
      for (auto e = static_cast<std::size_t>(counts.matrix.row_ptr[r]);
           e < static_cast<std::size_t>(counts.matrix.row_ptr[r + 1]); ++e) {
        float& value = counts.matrix.value[e];
        value = static_cast<float>(static_cast<double>(value) / (totals[r] / wanted));
      }
    }
  }

  void operator()(const Log2&) const {
    for (float& value : counts.matrix.value) {
      value = static_cast<float>(std::log2(static_cast<double>(value) + 1));
    }
  }

  void operator()(const MostDispersed& most) const {
    if (most.genes >= counts.genes()) return;
    const std::vector<double> dispersion = normalized_dispersion(counts.matrix);
    std::vector<std::size_t> order(dispersion.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    // What has no dispersion, of genes never found, comes last.
    std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t gene) {
      return std::isnan(dispersion[gene]) ? -1 : dispersion[gene];
    });
    Kept kept(dispersion.size());
    for (std::int64_t i = 0; i < most.genes; ++i) kept[order[static_cast<std::size_t>(i)]] = 1;
    say(most.tag, kept, "genes", "");
    keep_genes(counts, kept);
  }

 private:
  void say(std::string_view part, const Kept& kept, std::string_view what,
           std::string_view advice) const {
    const auto left = std::ranges::count(kept, 1);
    if (left == 0) {
      throw DataError(fmt::format("data.preprocess: {}: none of {} {} is left: {}", part,
                                  kept.size(), what, advice));
    }
    remark(
        fmt::format("{}: {}: {} of {} {} are kept", counts.source, part, left, kept.size(), what));
  }
};

}  // namespace

void preprocess(Counts& counts, const std::vector<Preprocess>& parts,
                const std::function<void(const std::string&)>& remark) {
  for (const Preprocess& part : parts) std::visit(Apply{counts, remark}, part);
}

}  // namespace lacuna::data
