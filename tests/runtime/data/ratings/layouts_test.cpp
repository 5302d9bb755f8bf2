#include "runtime/data/ratings/load.hpp"
#include "runtime/data/ratings/titles.hpp"
#include "tests/runtime/data/data_fixture.hpp"

/// Small files as public data sets have them.
namespace lacuna::data {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

struct Layouts : DataTest {
  template <Layout L>
  Ratings load(const std::string& at, SplitBy split = SplitBy::random) const {
    LayoutSource<L> source;
    source.path = path(at);
    source.split = split;
    return load_ratings(source);
  }

  static std::vector<std::string> texts(const Ids& ids) {
    std::vector<std::string> all;
    for (std::int64_t i = 0; i < ids.size(); ++i) all.push_back(ids.text(i));
    return all;
  }
};

TEST_F(Layouts, NetflixPrizeInBlocksOverSeveralFiles) {
  write("netflix/combined_data_1.txt",
        "1:\n1488844,3,2005-09-06\n822109,5,2005-05-13\n2:\n822109,4,2005-10-19\n");
  write("netflix/combined_data_2.txt", "30:\n1488844,1,2004-01-01\n");
  write("netflix/movie_titles.csv", "1,2003,Dinosaur Planet\n30,2001,Something, Something\n");
  const Ratings ratings = load<Layout::netflix_prize>("netflix", SplitBy::time);
  EXPECT_THAT(ratings.ids.user.numbers(), ElementsAre(822109, 1488844));
  EXPECT_THAT(ratings.ids.item.numbers(), ElementsAre(1, 2, 30));
  EXPECT_THAT(ratings.value, ElementsAre(5, 4, 3, 1));
  EXPECT_EQ(ratings.time[2], 1125964800.0);
  EXPECT_THAT(titles_beside(ratings.source, ratings.ids.item),
              UnorderedElementsAre(Pair(0, "Dinosaur Planet"), Pair(2, "Something, Something")));
}

TEST_F(Layouts, NetflixPrizeAFileAMovie) {
  write("training_set/mv_0000001.txt", "1:\n5,3,2005-09-06\n");
  write("training_set/mv_0000002.txt", "2:\n5,4,2005-09-06\n6,4,2005-09-06\n");
  EXPECT_THAT(load<Layout::netflix_prize>("training_set").value, ElementsAre(3, 4, 4));
  write("headless.txt", "5,3,2005-09-06\n1:\n");
  EXPECT_THAT(message_of<DataError>([&] { load<Layout::netflix_prize>("headless.txt"); }),
              HasSubstr("headless.txt:1: a rating before the first item"));
}

TEST_F(Layouts, JesterIsDense) {
  std::string rows;
  for (const char* first : {"2,-7.82,8.79", "1,99,4.08"})
    rows += first + [] {
      std::string rest;
      for (int i = 0; i < 98; ++i) rest += ",99";
      return rest + "\n";
    }();
  write("jester/jester-data-1.csv", rows);
  const Ratings ratings = load<Layout::jester>("jester");
  EXPECT_THAT(ratings.ids.user.numbers(), ElementsAre(1, 2));
  EXPECT_THAT(ratings.ids.item.numbers(), ElementsAre(1, 2));
  EXPECT_THAT(ratings.value, ElementsAre(-7.82f, 8.79f, 4.08f));
  write("bad.csv", "3" + rows.substr(1));
  EXPECT_THAT(message_of<DataError>([&] { load<Layout::jester>("bad.csv"); }),
              HasSubstr("bad.csv:1: 2 ratings where the first field says 3"));
  write("jester_ratings.dat", "1\t\t5\t\t0.219\n2\t\t7\t\t-9.281\n");
  EXPECT_THAT(load<Layout::jester>("jester_ratings.dat").value, ElementsAre(0.219f, -9.281f));
}

TEST_F(Layouts, BookCrossingDropsZeros) {
  write("books/BX-Book-Ratings.csv",
        "\"User-ID\";\"ISBN\";\"Book-Rating\"\n\"276725\";\"034545104X\";\"0\"\n"
        "\"276726\";\"0155061224\";\"5\"\n\"276727\";\"0155061224\";\"7\"\n");
  write("books/BX-Books.csv",
        "\"ISBN\";\"Book-Title\";\"Book-Author\"\n\"0155061224\";\"Rites; a "
        "\\\"Passage\\\"\";\"J\xFCrgen\"\n");
  const Ratings ratings = load<Layout::book_crossing>("books");
  EXPECT_THAT(ratings.value, ElementsAre(5, 7));
  EXPECT_THAT(titles_beside(ratings.source, ratings.ids.item),
              Contains(Pair(*ratings.ids.item.find("0155061224"), "Rites; a \"Passage\"")));
}

TEST_F(Layouts, AmazonInItsThreeShapes) {
  write(
      "of2014.json",
      R"({"reviewerID": "A2", "asin": "0000013714", "overall": 5.0, "unixReviewTime": 1393545600})"
      "\n"
      R"({"reviewerID": "A1", "asin": "B00000JMVL", "overall": 4.0, "reviewText": "a \"b\"\n"})"
      "\n");
  write("of2018.csv", "0000013714,A2,5.0,1393545600\nB00000JMVL,A1,4.0,1393545601\n");
  write("of2023.csv",
        "user_id,parent_asin,rating,timestamp\nA2,0000013714,5.0,1588687728923\n"
        "A1,B00000JMVL,4.0,1588687728924\n");
  write("meta_of2023.jsonl", R"({"parent_asin": "B00000JMVL", "title": "A pen", "price": null})"
                             "\n");
  for (const char* name : {"of2014.json", "of2018.csv", "of2023.csv"}) {
    SCOPED_TRACE(name);
    const Ratings ratings = load<Layout::amazon>(name);
    EXPECT_THAT(texts(ratings.ids.user), ElementsAre("A1", "A2"));
    EXPECT_THAT(texts(ratings.ids.item), ElementsAre("0000013714", "B00000JMVL"));
    EXPECT_THAT(ratings.value, ElementsAre(4, 5));
    EXPECT_THAT(titles_beside(ratings.source, ratings.ids.item), ElementsAre(Pair(1, "A pen")));
  }
  write("short.csv", "AAAAAAAAAA,BBBBBBBBBB,5.0,1\nAAAAAAAAAA\n");
  EXPECT_THAT(message_of<DataError>([&] { load<Layout::amazon>("short.csv"); }),
              HasSubstr("short.csv:2: 1 fields where 4 are expected"));
  EXPECT_THAT(load<Layout::amazon>("of2018.csv", SplitBy::time).time,
              ElementsAre(1393545601.0, 1393545600.0));
}

TEST_F(Layouts, GoodbooksEpinionsAndLastfm) {
  write("good/ratings.csv", "user_id,book_id,rating\n1,258,5\n2,4081,4\n");
  write("good/books.csv", "id,book_id,title\n1,258,\"The Shadow, of\"\n");
  const Ratings books = load<Layout::goodbooks>("good");
  EXPECT_THAT(books.value, ElementsAre(5, 4));
  write_gzip("epinions/ratings_data.txt.gz", "1 100 4\n1 101 5\n 2  100 1 \n");
  std::filesystem::remove(path("epinions/ratings_data.txt"));
  std::filesystem::create_directory(path("epinions"));
  write_gzip("epinions/ratings_data.txt.gz", "1 100 4\n1 101 5\n 2  100 1 \n");
  EXPECT_THAT(load<Layout::epinions>("epinions").value, ElementsAre(4, 5, 1));
  write("lastfm/user_artists.dat", "userID\tartistID\tweight\n2\t51\t13883\n3\t52\t11690\n");
  write("lastfm/artists.dat", "id\tname\turl\tpictureURL\n51\tDuran \"Duran\tx\ty\n");
  const Ratings plays = load<Layout::lastfm>("lastfm");
  EXPECT_THAT(plays.value, ElementsAre(13883, 11690));
  EXPECT_THAT(titles_beside(plays.source, plays.ids.item), ElementsAre(Pair(0, "Duran \"Duran")));
  write("plays.tsv", "00ab\tmb-1\tbetty blowtorch\t2137\n00ab\t\tdie \xC3\xA4rzte\t1099\n");
  EXPECT_THAT(texts(load<Layout::lastfm>("plays.tsv").ids.item),
              ElementsAre("betty blowtorch", "die \xC3\xA4rzte"));
}

TEST_F(Layouts, AFoldIsItsTwoFilesOrTheWholeWithoutItsTest) {
  MovieLensSource source;
  source.path = path("ml");
  source.fold = "u1";
  write("ml/u.data", "1\t1\t5\t9\n1\t2\t3\t9\n2\t1\t4\t9\n2\t2\t1\t9\n");
  write("ml/u1.test", "1\t2\t3\t9\n2\t2\t1\t9\n");
  std::vector<std::string> remarks;
  LoadOptions options;
  options.remark = [&](const std::string& text) { remarks.push_back(text); };
  using enum RatingsPart;
  EXPECT_THAT(load_ratings(source, options).part, ElementsAre(train, test, train, test));
  EXPECT_THAT(remarks, Contains(HasSubstr("u1 holds out a consecutive block")));
  write("ml/u1.base", "1\t1\t5\t9\n2\t1\t4\t9\n");
  EXPECT_THAT(load_ratings(source).part, ElementsAre(train, test, train, test));
  write("ml/u1.base", "1\t1\t5\t9\n2\t2\t4\t9\n");
  EXPECT_THAT(message_of<DataError>([&] { load_ratings(source); }),
              HasSubstr("a rating is either trained on or held out"));
  source.fold = "u9";
  EXPECT_THAT(
      message_of<DataError>([&] { load_ratings(source); }),
      AllOf(HasSubstr("no fold 'u9'"), HasSubstr("set data.fold to one of those there: u1")));
  source.path = path("ml/u.data");
  EXPECT_THAT(message_of<DataError>([&] { load_ratings(source); }),
              HasSubstr("set data.path to the folder or the .zip"));
}

TEST_F(Layouts, OwnFilesForTestAndValidation) {
  CsvSource source;
  source.path = write("train.csv", "user,item,rating\nann,x,5\nbo,x,3\n");
  source.test_path = write("test.csv", "item;user;rating\ny;bo;1\n");
  source.validation_path = write("valid.csv", "user,item,rating\nann,y,2\n");
  const Split split = data::load(source).split;
  EXPECT_THAT(split.train.value, ElementsAre(5, 3));
  EXPECT_THAT(split.validation.value, ElementsAre(2));
  EXPECT_THAT(split.test.value, ElementsAre(1));
  source.test_path = write("test.csv", "user,item,rating\nbo,x,1\n");
  EXPECT_THAT(message_of<DataError>([&] { data::load(source); }), HasSubstr("either trained on"));
  for (const char* none : {"", "user,item,rating\n"}) {
    source.test_path = write("none.csv", none);
    EXPECT_THAT(message_of<DataError>([&] { data::load(source); }),
                AllOf(HasSubstr("none.csv "), HasSubstr("name another file")));
  }
}

/// What a file of another layout, or of none, is told.
template <class Source>
class OtherFiles : public DataTest {};
using KnownSources =
    ::testing::Types<LayoutSource<Layout::netflix_prize>, LayoutSource<Layout::jester>,
                     LayoutSource<Layout::book_crossing>, LayoutSource<Layout::amazon>,
                     LayoutSource<Layout::goodbooks>, LayoutSource<Layout::epinions>,
                     LayoutSource<Layout::lastfm>, MovieLensSource>;
TYPED_TEST_SUITE(OtherFiles, KnownSources);

TYPED_TEST(OtherFiles, AreRefusedWithWhatToSet) {
  TypeParam source;
  for (const char* text : {"who,what,stars\nann,x,3\n", "a b\n", "1~2~3\n"}) {
    source.path = this->write("mine.dat", text);
    EXPECT_THAT(message_of<DataError>([&] { load_ratings(source); }),
                AllOf(HasSubstr("mine.dat:1: "),
                      ::testing::EndsWith("(for a file of your own set data.type to \"csv\")")))
        << text;
  }
}

TEST_F(Layouts, WithoutTimesAreNotSplitByThem) {
  const auto message = [&]<class Source>(Source source, const char* name, std::string_view text) {
    source.path = write(name, text);
    source.split = SplitBy::time;
    return message_of<DataError>([&] { data::load(source); });
  };
  const auto advised = HasSubstr("no timestamps to split by: set data.split to \"random\"");
  EXPECT_THAT(
      message(LayoutSource<Layout::goodbooks>(), "ratings.csv", "user_id,book_id,rating\n1,2,3\n"),
      advised);
  EXPECT_THAT(message(LayoutSource<Layout::amazon>(), "a.json",
                      R"({"reviewerID": "A", "asin": "B", "overall": 3})"),
              advised);
  EXPECT_THAT(message(MovieLensSource(), "ratings.dat", "1::2::3\n"), advised);
  EXPECT_THAT(message(LayoutSource<Layout::jester>(), "jester_ratings.dat", "1\t\t5\t\t0.2\n"),
              advised);
}

}  // namespace
}  // namespace lacuna::data
