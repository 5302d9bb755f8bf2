#include "runtime/data/ratings/synthetic.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "runtime/data/checksum.hpp"
#include "runtime/data/random_sequence.hpp"
#include "runtime/data/ratings/latent_factors.hpp"
#include "runtime/data/zipf.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna::data {
namespace {

std::vector<std::uint64_t> numbers_from_1(std::int64_t count) {
  std::vector<std::uint64_t> numbers(static_cast<std::size_t>(count));
  std::iota(numbers.begin(), numbers.end(), std::uint64_t{1});
  return numbers;
}

class Generator {
 public:
  explicit Generator(const SyntheticSource& source)
      : source_(source),
        truth_(source),
        popularity_(
            zipf_weights(source.items, source.item_exponent, {source.seed, purpose::second_ranks})),
        proposal_(popularity_),
        drawn_for_(static_cast<std::size_t>(source.items), -1) {}

  Ratings generate() {
    Ratings out;
    out.source = "synthetic";
    out.ids = {numbers_from_1(source_.users), numbers_from_1(source_.items)};
    draw_pairs(out);
    cover_items(out);
    sort_rows(out);
    draw_values(out);
    return out;
  }

 private:
  double acceptance(std::int64_t u, std::int64_t i) const {
    return 1 / (1 + std::exp(-source_.selection * truth_.preference(u, i)));
  }

  void draw_pairs(Ratings& out) {
    const std::int64_t mean = (source_.ratings + source_.users - 1) / source_.users;
    const std::int64_t cap = std::min(source_.items, std::max((source_.items + 1) / 2, 2 * mean));
    const std::vector<std::int64_t> counts = counts_by_weight(
        zipf_weights(source_.users, source_.user_exponent, {source_.seed, purpose::first_ranks}),
        source_.ratings, cap);
    out.user.reserve(static_cast<std::size_t>(source_.ratings));
    out.item.reserve(static_cast<std::size_t>(source_.ratings));
    for (std::int64_t u = 0; u < source_.users; ++u) {
      const auto count = static_cast<std::size_t>(counts[static_cast<std::size_t>(u)]);
      draw_items(u, count, out.item);
      out.user.insert(out.user.end(), count, static_cast<std::int32_t>(u));
    }
  }

  /// Appends `count` items of user u, drawn one after the other without replacement. Rejection is
  /// cheap for short lists; once it has cost as much as a look at a quarter of the items, the rest
  /// comes from a race of exponential clocks, which has the same distribution.
  void draw_items(std::int64_t u, std::size_t count, std::vector<std::int32_t>& out) {
    RandomSequence random({source_.seed, purpose::selection, static_cast<std::uint32_t>(u)});
    const std::size_t end = out.size() + count;
    for (std::int64_t tries = source_.items / 4; tries > 0 && out.size() < end; --tries) {
      const std::int32_t item = proposal_.draw(random);
      std::int64_t& drawn_for = drawn_for_[static_cast<std::size_t>(item)];
      if (drawn_for == u || random.uniform() >= acceptance(u, item)) continue;
      drawn_for = u;
      out.push_back(item);
    }
    if (out.size() < end) race(u, end - out.size(), random, out);
  }

  void race(std::int64_t u, std::size_t count, RandomSequence& random,
            std::vector<std::int32_t>& out) {
    std::vector<std::pair<double, std::int32_t>> finish;
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(source_.items); ++i) {
      const auto index = static_cast<std::size_t>(i);
      if (drawn_for_[index] == u) continue;
      const double rate = popularity_[index] * acceptance(u, i);
      finish.emplace_back(-std::log1p(-random.uniform()) / rate, i);
    }
    std::nth_element(finish.begin(), finish.begin() + static_cast<std::ptrdiff_t>(count - 1),
                     finish.end());
    for (std::size_t k = 0; k < count; ++k) out.push_back(finish[k].second);
  }

  /// Gives every item without a rating the place of a randomly chosen entry whose item has others.
  void cover_items(Ratings& out) const {
    std::vector<std::int64_t> count(static_cast<std::size_t>(source_.items));
    for (const std::int32_t i : out.item) ++count[static_cast<std::size_t>(i)];
    if (std::find(count.begin(), count.end(), 0) == count.end()) return;
    const std::vector<std::uint32_t> order =
        shuffled(source_.ratings, {source_.seed, purpose::coverage});
    auto next = order.begin();
    for (std::size_t i = 0; i < count.size(); ++i) {
      if (count[i] > 0) continue;
      // An entry passed over once is its item's only one and stays so: one walk is enough.
      const auto has_others = [&](std::uint32_t e) {
        return count[static_cast<std::size_t>(out.item[e])] > 1;
      };
      next = std::find_if(next, order.end(), has_others);
      std::int32_t& item = out.item[*next];
      --count[static_cast<std::size_t>(item)];
      item = static_cast<std::int32_t>(i);
      count[i] = 1;
    }
  }

  static void sort_rows(Ratings& out) {
    for (auto begin = out.item.begin(); begin != out.item.end();) {
      const auto user = out.user.begin() + (begin - out.item.begin());
      const auto last = std::upper_bound(user, out.user.end(), *user);
      const auto end = out.item.begin() + (last - out.user.begin());
      std::sort(begin, end);
      begin = end;
    }
  }

  void draw_values(Ratings& out) const {
    RandomSequence random({source_.seed, purpose::noise});
    const double centre = (source_.rating_min + source_.rating_max) / 2;
    out.value.reserve(out.item.size());
    out.truth.reserve(out.item.size());
    for (std::size_t e = 0; e < out.item.size(); ++e) {
      const double score = centre + truth_.deviation(out.user[e], out.item[e]);
      out.truth.push_back(static_cast<float>(clip(score)));
      out.value.push_back(static_cast<float>(round(clip(score + source_.noise * random.normal()))));
    }
  }

  double clip(double rating) const {
    return std::clamp(rating, source_.rating_min, source_.rating_max);
  }

  double round(double rating) const {
    if (source_.rating_step == 0) return rating;
    const double steps = std::round((rating - source_.rating_min) / source_.rating_step);
    return clip(source_.rating_min + steps * source_.rating_step);
  }

  const SyntheticSource& source_;
  LatentFactors truth_;
  std::vector<double> popularity_;
  AliasTable proposal_;
  std::vector<std::int64_t> drawn_for_;  // per item: the last user it was drawn for
};

template <class T>
void add(Checksum& checksum, const std::vector<T>& values) {
  checksum.update(values.data(), values.size() * sizeof(T));
}

}  // namespace

Ratings generate_ratings(const SyntheticSource& source) {
  source.check();
  Ratings out = Generator(source).generate();
  Checksum checksum;
  add(checksum, out.user);
  add(checksum, out.item);
  add(checksum, out.value);
  out.checksum = checksum.hex();
  return out;
}

}  // namespace lacuna::data
