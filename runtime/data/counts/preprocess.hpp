#pragma once

#include <functional>
#include <string>
#include <vector>

#include "runtime/data/counts/counts.hpp"
#include "runtime/data/counts/preprocess_config.hpp"

namespace lacuna::data {

/// One after the other; `remark` is told what went. Throws DataError where a filter leaves nothing.
void preprocess(Counts& counts, const std::vector<Preprocess>& parts,
                const std::function<void(const std::string&)>& remark);

/// How far each gene's variance / mean lies from the median of genes of a like mean, in units of
/// their median absolute deviation: Zheng et al. (2017), as AutoImpute's authors take it. Genes
/// fall into bins by the deciles and half-deciles of their means, from the first decile on.
std::vector<double> normalized_dispersion(const CsrArrays& matrix);

}  // namespace lacuna::data
