#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/config/json.hpp"
#include "runtime/io/atomic_file.hpp"

/// What `lacuna predict` asks of a task and gets from it.
namespace lacuna::experiments {

struct StoredRun;

/// An option of the command line that a task takes; kinds may share one.
struct PredictOption {
  enum class Value { file, text, positive_integer, flag };
  std::string_view name;  ///< "--pairs"
  std::string_view help;
  Value value = Value::file;
};

/// The values of options that were given, by name; those of integers are integers.
using PredictValues = std::map<std::string, std::string, std::less<>>;

struct PredictRequest {
  const StoredRun& run;
  PredictValues values;             ///< of options of the run's task
  std::optional<std::string> data;  ///< where the data are now; absent: where they were
  std::string device = "auto";
  int threads = 0;  ///< 0: all that may be used
};

inline constexpr std::array<std::string_view, 2> table_files{".csv", ".json"};

class Predictions {
 public:
  virtual ~Predictions() = default;
  virtual std::size_t count() const = 0;
  virtual config::Json json() const = 0;
  virtual void csv(const io::WriteText& write) const = 0;  ///< a header, then a line each
  virtual std::string text() const = 0;                    ///< for people
  /// A file of one of the kind's endings.
  virtual void write(std::string_view ending, const io::WriteText& write) const {
    if (ending == ".csv") return csv(write);
    write(config::dump(json()) + '\n');
  }
};

}  // namespace lacuna::experiments
