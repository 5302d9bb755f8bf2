#include "experiments/cli/cli.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <limits>
#include <sstream>

#include "experiments/cli/commands.hpp"
#include "experiments/tasks/rows/encode_rows.hpp"
#include "experiments/tasks/tasks.hpp"
#include "runtime/failure.hpp"
#include "runtime/system/build.hpp"

namespace lacuna::experiments {

namespace {

constexpr const char* footer =
    "key.path=value after a file changes one value of it, as in\n"
    "  lacuna train experiments/quickstart.json model.hidden_units=100 seeds=5\n"
    "./lacuna test builds and runs the tests.\n"
    "Exit codes: 0 ok, 1 internal error, out of memory or bench regression, 2 usage or "
    "configuration,\n"
    "3 data, 4 non-finite loss, 5 input or output, 75 interrupted and saved: lacuna resume goes "
    "on,\n"
    "130 interrupted with nothing saved; of several runs the first failure's.";

void add_common_options(CLI::App& command, CommandOptions& options) {
  command.add_option("--threads", options.threads, "CPU threads; 0: all that may be used")
      ->check(CLI::Range(0, 1024));
  command.add_flag("--json", options.json, "print results as JSON");
}

void add_device_options(CLI::App& command, CommandOptions& options) {
  command.add_option("--device", options.device, "auto, cpu, cuda or emulated");
  add_common_options(command, options);
}

void add_data_option(CLI::App& command, CommandOptions& options) {
  command.add_option("--data", options.data,
                     "where the data are now, if no longer where the run was trained on them");
}

void add_launch_options(CLI::App& command, CommandOptions& options) {
  add_device_options(command, options);
  command.add_flag("-q,--quiet", options.quiet, "results only");
  command.add_flag("-v,--verbose", options.verbose, "a line per epoch");
}

void add_jobs_option(CLI::App& command, CommandOptions& options) {
  command.add_option("--jobs", options.jobs, "runs of a sweep at a time, each in its own process")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
}

/// An option of a task; the task itself looks at the value.
void add_option(CLI::App& predict, const PredictOption& option, PredictValues& values) {
  const std::string name(option.name);
  const std::string help(option.help);
  const auto keep = [&values, name](const auto& value) { values[name] = fmt::format("{}", value); };
  switch (option.value) {
    case PredictOption::Value::file:
    case PredictOption::Value::text:
      predict.add_option_function<std::string>(name, keep, help);
      break;
    case PredictOption::Value::flag:
      predict.add_flag_callback(
          name, [&values, name] { values[name] = "true"; }, help);
      break;
    case PredictOption::Value::positive_integer:
      predict.add_option_function<int>(name, keep, help)
          ->check(CLI::Range(1, std::numeric_limits<int>::max()));
      break;
  }
}

void add_prediction_options(CLI::App& predict, CommandOptions& options) {
  predict.add_option("run", options.file, "run folder, or a launch's that holds one run")
      ->required();
  for (const TaskKind* kind : task_kinds()) {
    for (const PredictOption& option : kind->predict_options()) {
      const std::string name(option.name);
      if (predict.get_option_no_throw(name) == nullptr)
        add_option(predict, option, options.predict);
    }
  }
  predict.add_option(
      "--output", options.output,
      "a file for the predictions: .csv or .json; an imputed matrix: .mtx, .csv or .npy");
}

/// Sets `chosen` to what the command line asks for.
void describe(CLI::App& app, CommandOptions& options, std::function<int()>& chosen) {
  const auto add = [&](const char* name, const char* help, int (*command)(const CommandOptions&)) {
    CLI::App* added = app.add_subcommand(name, help);
    added->callback([&chosen, &options, command] { chosen = [&] { return command(options); }; });
    return added;
  };
  CLI::App* train = add("train", "train an experiment, every variant and seed", train_command);
  train->add_option("file", options.file, "experiment (JSON)")->required();
  train->add_option("overrides", options.overrides, "key.path=value");
  add_launch_options(*train, options);
  train->add_flag("--dry-run", options.dry_run, "check everything, train nothing");

  CLI::App* resume = add("resume", "go on with what was interrupted", resume_command);
  resume->add_option("run", options.file, "folder of a launch, a run or a sweep")->required();
  resume->add_option("overrides", options.overrides, "key.path=value, as in train.epochs=2000");
  add_launch_options(*resume, options);
  add_jobs_option(*resume, options);

  CLI::App* sweep = add("sweep", "choose among settings by validation, then test", sweep_command);
  sweep->add_option("file", options.file, "experiment (JSON) with a sweep")->required();
  sweep->add_option("overrides", options.overrides, "key.path=value");
  add_launch_options(*sweep, options);
  add_jobs_option(*sweep, options);

  CLI::App* reproduce =
      add("reproduce", "run the experiments of a paper's table and compare", reproduce_command);
  reproduce->add_option("table", options.file, "the table, as in sn_v1_table1; absent: lists them");
  reproduce->add_option("overrides", options.overrides, "key.path=value, for all of them");
  reproduce->add_option("--filter", options.filter,
                        "part of them: plain text or a regular expression, as in item_ml100k");
  reproduce->add_option("--folder", options.folder, "where runs are kept and resumed")
      ->capture_default_str();
  reproduce->add_option(
      "--results", options.results,
      "where each finished run gets a line that spares it the next time "
      "(default: the project's own, or FOLDER/results with --quick and where keys are changed)");
  reproduce->add_option("--first", options.first,
                        "the arm that the others of its row are subtracted from");
  reproduce->add_flag("--dry-run", options.dry_run, "run nothing, show what has been run");
  reproduce->add_flag(
      "--quick", options.quick,
      "smaller experiments, for each claim that ten minutes on two cores can decide; "
      "the others are named");
  reproduce->add_option(
      "--into", options.into,
      "a Markdown file that gets the table between <!-- TABLE --> and <!-- /TABLE -->");
  add_launch_options(*reproduce, options);
  add_jobs_option(*reproduce, options);

  CLI::App* evaluate = add("evaluate", "test a trained run again", evaluate_command);
  evaluate->add_option("run", options.file, "run folder")->required();
  add_data_option(*evaluate, options);
  add_device_options(*evaluate, options);

  CLI::App* predict =
      add("predict", "predict ratings, best items, rows of a table, or what a matrix lacks",
          predict_command);
  add_prediction_options(*predict, options);
  add_data_option(*predict, options);
  add_device_options(*predict, options);

  CLI::App* encode =
      add("encode", "write the codes that a trained model gives rows", encode_command);
  encode->add_option("run", options.file, "run folder, or a launch's that holds one run")
      ->required();
  encode
      ->add_option_function<std::string>(
          "--input", [&](const std::string& path) { options.predict["--rows"] = path; },
          "the rows: .npy, IDX or CIFAR-10, or CSV where the run is on a table")
      ->required();
  encode->add_option("--output", options.output, "the file, .npy")->required();
  std::vector<std::string> names;
  for (const auto& [name, output] : encodings) names.emplace_back(name);
  encode->add_option("--what", options.what, "what of a row is written")
      ->check(CLI::IsMember(names))
      ->capture_default_str();
  add_data_option(*encode, options);
  add_device_options(*encode, options);

  CLI::App* data =
      add("data", "describe an experiment's data: size, values, counts, non-zeros", data_command);
  data->add_option("file", options.file, "experiment (JSON)")->required();
  data->add_option("overrides", options.overrides, "key.path=value");
  data->add_option("--output", options.output, "a folder for non_zeros.csv and its pictures");
  data->add_option("--export", options.export_folder,
                   "a folder for the split: train.csv, validation.csv, test.csv, with ids");

  CLI::App* report = add("report", "write an HTML report on trained runs", report_command);
  report->add_option("run", options.runs, "run folders, shown side by side")->required();
  report->add_option("--output", options.output, "the report's file (default: RUN/report.html)");

  CLI::App* validate = add("validate", "check an experiment without running it", validate_command);
  validate->add_option("file", options.file, "experiment (JSON)")->required();
  validate->add_option("overrides", options.overrides, "key.path=value");

  CLI::App* bench = add("bench", "time kernels and steps against marks", bench_command);
  bench->add_option("filter", options.filter, "names: plain text or a regular expression");
  bench->add_flag("--list", options.list, "print the names, run nothing");
  bench->add_flag("--tiny", options.tiny, "small shapes: a rehearsal, whose times tell nothing");
  bench->add_flag("--profile", options.profile,
                  "no times: each kernel runs twice, for a profiler that counts");
  bench->add_option("--repetitions", options.repetitions, "of each side; the median counts")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  bench->add_option("--save", options.save, "a file that gets the results as JSON, too");
  bench->add_option("--device", options.device, "auto, cpu (default), cuda or emulated");
  add_common_options(*bench, options);

  CLI::App* schema = add("schema", "print the JSON Schema of experiments", schema_command);
  schema->add_flag("--text", options.text, "a readable list of all keys instead");
  CLI::App* info = add("info", "print build, machine and devices", info_command);
  info->add_flag("--json", options.json, "print as JSON");
}

int tell(const Failure& failure) {
  io::say(fmt::format("lacuna: {}\n", failure.text));
  return static_cast<int>(failure.code);
}

int run(const std::vector<std::string>& arguments) {
  CLI::App app("lacuna trains networks on data with holes in it", "lacuna");
  app.footer(footer);
  app.set_version_flag("--version", fmt::format("lacuna {}", system::build().version));
  app.require_subcommand(1);
  CommandOptions options;
  options.command_line = arguments;
  std::function<int()> chosen;
  describe(app, options, chosen);
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend() - 1));
    return chosen();
  } catch (const CLI::ParseError& error) {
    std::ostringstream out, err;
    const int code = app.exit(error, out, err);
    io::print(out.str());
    io::say(err.str());
    return code == 0 ? 0 : static_cast<int>(ExitCode::usage);
  } catch (const std::exception&) {
    return tell(failure_of(std::current_exception()));
  }
}

}  // namespace

int run_program(const std::vector<std::string>& arguments) {
  io::prepare_streams();
  const int code = run(arguments);
  try {
    io::finish_output();
  } catch (const IoError& error) {
    const int unwritten = tell({error.code(), error.what()});
    return code == 0 ? unwritten : code;  // the command's own failure comes first
  }
  return code;
}

}  // namespace lacuna::experiments
