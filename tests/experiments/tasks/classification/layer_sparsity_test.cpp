#include "tests/experiments/tasks/rows/row_program.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::HasSubstr;

/// `evaluate.layer_sparsity`: how many units of the first hidden layer are 0 in a test row, with
/// the weights at first and with those that were chosen.
class LayerSparsity : public RowProgram {
 protected:
  Json details(const std::string& run, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"train", "classes.json", "-q", "output.dir=" + run});
    output_of(more);
    return result_of(run).at("details");
  }
  static double number(const Json& details, const std::string& name) {
    return details.at("layer1_zeros_" + name).as_double();
  }

  const std::string asked_ = "evaluate.layer_sparsity=true";
  const std::string two_layers_ =
      R"(model.layers=[{"units": 40}, {"units": 3, "activation": "tanh"}])";
};

TEST_F(LayerSparsity, IsMeasuredWhereItIsAskedFor) {
  output_of({"train", "classes.json", "-q", "output.dir=plain"});
  EXPECT_EQ(result_of("plain").find("details"), nullptr);

  const Json found = details("run", {asked_, two_layers_});
  for (const std::string when : {"before", "after"}) {
    const double median = number(found, when + "_median");
    EXPECT_GT(number(found, when + "_mean"), 0.1);
    EXPECT_LT(number(found, when + "_mean"), 0.9);
    EXPECT_GT(number(found, when + "_std_dev"), 0);
    EXPECT_LE(number(found, when + "_lower_quartile"), median);
    EXPECT_LE(median, number(found, when + "_upper_quartile"));
  }
  EXPECT_NE(number(found, "before_mean"), number(found, "after_mean"));
}

TEST_F(LayerSparsity, IsOfTheFirstLayerOnly) {
  const Json found = details("run", {asked_, R"(model.layers=[{"units": 9, "activation": "tanh"},
                                                               {"units": 9}])"});
  EXPECT_EQ(number(found, "before_mean"), 0) << "a tanh is not 0";
  EXPECT_EQ(number(found, "after_upper_quartile"), 0);
}

TEST_F(LayerSparsity, BeforeIsWithTheWeightsThatTrainingBeganWith) {
  const Json untrained = details("none", {asked_, two_layers_, "train.epochs=0"});
  EXPECT_EQ(number(untrained, "before_mean"), number(untrained, "after_mean"));
  const Json trained = details("run", {asked_, two_layers_});
  EXPECT_EQ(number(trained, "before_mean"), number(untrained, "before_mean"));
  const Json again = details("again", {asked_, two_layers_, "model.weights=run/seed-0"});
  EXPECT_EQ(number(again, "before_mean"), number(trained, "after_mean"));
}

TEST_F(LayerSparsity, NeedsAHiddenLayer) {
  EXPECT_THAT(message_of(2, {"train", "classes.json", "-q", asked_, "model.layers=[]"}),
              HasSubstr("evaluate.layer_sparsity: the model has no hidden layers"));
}

}  // namespace
}  // namespace lacuna::experiments
