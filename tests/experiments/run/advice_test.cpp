#include "experiments/run/advice.hpp"

#include <gmock/gmock.h>

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

struct Ended {
  int epochs;  ///< of 100
  int best_epoch;
  double first;
  double best;
  double last;
  const Metric* metric = &metric::rmse;
};

std::string advice(const Ended& ended, Experiment experiment = {}) {
  experiment.train.epochs = 100;
  experiment.train.patience = 20;
  return advice_for({.experiment = experiment,
                     .result = {.epochs = ended.epochs,
                                .best_epoch = ended.best_epoch,
                                .best = {.metric = ended.metric, .value = ended.best}},
                     .first = ended.first,
                     .last = ended.last,
                     .baseline = 1});
}

TEST(Advice, OfATrainingWhoseEpochsEndedIsMoreOfThem) {
  EXPECT_THAT(advice({100, 100, 1.5, 1.2, 1.2}),
              AllOf(HasSubstr("raise train.epochs or train.optimizer.learning_rate"),
                    Not(HasSubstr("patience"))));
}

TEST(Advice, OfATrainingThatPatienceEndedIsNotMoreEpochs) {
  const std::string text = advice({60, 40, 1.5, 1.2, 1.205});
  EXPECT_THAT(text, AllOf(HasSubstr("patience ended it"), HasSubstr("epoch 40 of 60"),
                          HasSubstr("lower train.optimizer.learning_rate"),
                          HasSubstr("train.patience"), Not(HasSubstr("raise train.epochs"))));
}

TEST(Advice, OfATrainingThatHardlyMovedIsALargerRate) {
  EXPECT_THAT(advice({21, 1, 1.2, 1.2, 1.2001}),
              AllOf(HasSubstr("hardly changed"), HasSubstr("raise train.optimizer.learning_rate"),
                    Not(HasSubstr("raise train.epochs"))));
}

TEST(Advice, OfATrainingThatDivergedIsASmallerRate) {
  for (const Ended& ended :
       {Ended{21, 1, 1.2, 1.2, 90}, Ended{100, 30, 1.5, 1.2, 1.4}, Ended{21, 1, 40, 40, 90}}) {
    EXPECT_THAT(advice(ended), AllOf(HasSubstr("validation got worse after epoch"),
                                     HasSubstr("lower train.optimizer.learning_rate"),
                                     Not(HasSubstr("raise train.epochs"))));
  }
  // Of an accuracy less is worse.
  EXPECT_THAT(advice({21, 1, 0.6, 0.6, 0.3, &metric::accuracy}), HasSubstr("got worse after"));
}

TEST(Advice, FarFromTheTargetsNamesTheirScale) {
  for (const Ended& ended : {Ended{100, 100, 3, 2.4, 2.4}, Ended{60, 60, 3, 2.4, 2.4}}) {
    EXPECT_THAT(advice(ended), AllOf(HasSubstr("240 %"), HasSubstr("scale of the targets"),
                                     HasSubstr("train.optimizer.learning_rate")));
  }
  EXPECT_THAT(advice({60, 60, 3, 2.4, 2.4}), HasSubstr("train.patience"));
  EXPECT_THAT(advice({100, 100, 3, 2.4, 2.4, &metric::nll}), Not(HasSubstr("scale")));
}

TEST(Advice, NamesTheKeyOfTheScaleWhereItIsNotSet) {
  Experiment table;
  table.data = data::TableSource{};
  std::get<data::TableSource>(table.data).scale_target = false;
  EXPECT_THAT(advice({100, 100, 3, 2.4, 2.4}, table), HasSubstr("data.scale_target=true"));
  std::get<data::TableSource>(table.data).scale_target = true;
  EXPECT_THAT(advice({100, 100, 3, 2.4, 2.4}, table), Not(HasSubstr("data.scale_target")));
}

}  // namespace
}  // namespace lacuna::experiments
