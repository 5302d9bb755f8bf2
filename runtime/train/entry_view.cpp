#include "runtime/train/entry_view.hpp"

#include "kernels/sparse/gather_rows.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna {

EntryView::EntryView(const LevelCoding* coding, std::string_view name, bool trains) {
  if (coding == nullptr) return;
  if (name == "input") {
    coding_ = coding;
    code_ = coding->cumulative ? LevelCode::cumulative : LevelCode::one_hot;
    if (trains) role_ = EntryRole::given;
  } else if (name == "target" && trains) {
    coding_ = coding;
    role_ = EntryRole::asked;
  }
}

std::int64_t EntryView::columns(const CsrMatrix& matrix) const {
  return matrix.cols() * (code_ == LevelCode::value ? 1 : coding_->levels());
}

std::int64_t EntryView::most_entries(std::int64_t entries) const {
  return entries * (code_ == LevelCode::cumulative ? coding_->levels() : 1);
}

template <class T>
void EntryView::copy(const ExecContext& ctx, const CsrMatrix& from, const std::int32_t* order,
                     int epoch, const CopiedRows<T>& to) const {
  if (!coded()) {
    return gather_rows<T>(ctx, {.from = from.view<T>(),
                                .order = order,
                                .rows = from.rows(),
                                .row_ptr = to.row_ptr.data(),
                                .col = to.col.data(),
                                .value = to.value.data()});
  }
  gather_levels<T>(
      ctx, {.from = from.view<T>(),
            .order = order,
            .rows = from.rows(),
            .role = role_,
            .stream = {coding_->seed, purpose::entry_roles, static_cast<std::uint32_t>(epoch)},
            .code = code_,
            .levels = {coding_->values.data<T>(), coding_->levels()},
            .row_ptr = to.row_ptr.data(),
            .col = to.col.data(),
            .value = to.value.data(),
            .cells = to.cells.data()});
}

template void EntryView::copy(const ExecContext&, const CsrMatrix&, const std::int32_t*, int,
                              const CopiedRows<float>&) const;
template void EntryView::copy(const ExecContext&, const CsrMatrix&, const std::int32_t*, int,
                              const CopiedRows<double>&) const;

}  // namespace lacuna
