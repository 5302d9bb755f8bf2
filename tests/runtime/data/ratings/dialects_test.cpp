#include "runtime/data/ratings/load.hpp"
#include "tests/runtime/data/data_fixture.hpp"

/// The same four ratings in every dialect of docs/data.md: users 5 and 100000, items 1, 2 and 30.
namespace lacuna::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Dialect {
  const char* name;
  std::string text;
  std::function<void(CsvSource&)> set = [](CsvSource&) {};

  friend void PrintTo(const Dialect& dialect, std::ostream* out) { *out << dialect.name; }
};

struct Dialects : DataTest, ::testing::WithParamInterface<Dialect> {};

TEST_P(Dialects, AreTheSameRatings) {
  CsvSource source;
  source.path = write("ratings.txt", GetParam().text);
  GetParam().set(source);
  const Ratings ratings = load_ratings(source);
  EXPECT_THAT(ratings.ids.user.numbers(), ElementsAre(5, 100000));
  EXPECT_THAT(ratings.ids.item.numbers(), ElementsAre(1, 2, 30));
  EXPECT_THAT(ratings.user, ElementsAre(0, 0, 1, 1));
  EXPECT_THAT(ratings.item, ElementsAre(0, 2, 0, 1));
  EXPECT_THAT(ratings.value, ElementsAre(4.5f, 3, 2, 1));
}

std::string rows(const char* delimiter, const char* header = "") {
  std::string text = header;
  for (const char* row : {"5 1 4.5", "5 30 3", "100000 1 2", "100000 2 1"}) {
    for (const char* c = row; *c != 0; ++c) text += *c == ' ' ? delimiter : std::string(1, *c);
    text += '\n';
  }
  return text;
}

void by_number(CsvSource& source) {
  source.user_column = 1;
  source.item_column = 2;
  source.rating_column = 3;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Dialects,
    ::testing::Values(
        Dialect{"Comma", rows(",", "user,item,rating\n")},
        Dialect{"Semicolon", rows(";", "user;item;rating\n")},
        Dialect{"Tab", rows("\t", "user\titem\trating\n")},
        Dialect{"TabTypedInAShell", rows("\t", "user\titem\trating\n"),
                [](CsvSource& s) { s.delimiter = "\\t"; }},
        Dialect{"Pipe", rows("|", "user|item|rating\n")},
        Dialect{"Colons", rows("::", "user::item::rating\n")},
        Dialect{"Blanks", "user   item rating\n 5 1   4.5\n5  30\t3 \n100000 1 2\n100000 2 1\n"},
        Dialect{"OfOnesOwn", rows("~", "user~item~rating\n"),
                [](CsvSource& s) { s.delimiter = "~"; }},
        Dialect{"NamedByExcel", "sep=;\r\n" + rows(";", "user;item;rating\r\n")},
        Dialect{"NoHeader", rows(",")}, Dialect{"NoHeaderByNumber", rows("\t"), by_number},
        Dialect{"HeaderByNumber", rows(",", "u,i,r\n"), by_number},
        Dialect{"HeaderSaidSo", rows(",", "1,2,3\n"),
                [](CsvSource& s) {
                  s.header = true;
                  by_number(s);
                }},
        Dialect{"OtherNames", "stars,who,what\n4.5,5,1\n3,5,30\n2,100000,1\n1,100000,2\n",
                [](CsvSource& s) {
                  s.user_column = "who";
                  s.item_column = "what";
                  s.rating_column = "stars";
                }},
        Dialect{"IndexColumn",
                ",user,item,rating\n0,5,1,4.5\n1,5,30,3\n2,100000,1,2\n3,100000,2,1\n"},
        Dialect{"QuotedEverything",
                "\"user\",\"item\",\"rating\"\n\"5\",\"1\",\"4.5\"\n\"5\",\"30\",\"3\"\n"
                "\"100000\",\"1\",\"2\"\n\"100000\",\"2\",\"1\"\n"},
        Dialect{"SeveralLinesInAField",
                "user,item,rating,note\n5,1,4.5,\"a\nb, \"\"c\"\"\n\"\n"
                "5,30,3,\n100000,1,2,\n100000,2,1,\"\n\"\n"},
        Dialect{"CommentsAndBlankLines",
                "# exported\n% twice\n\n" + rows(",", "user,item,rating\n")},
        Dialect{
            "MatrixMarket",
            "%%MatrixMarket matrix coordinate real general\n% by SciPy\n100000 30 4\n" + rows(" ")},
        Dialect{"MatrixMarketInSmallLetters",
                "%%matrixmarket matrix coordinate real general\n100000 30 4\n" + rows(" ")},
        Dialect{"HeaderInAComment",
                "# item,user,rating\n1,5,4.5\n30,5,3\n1,100000,2\n2,100000,1\n"},
        Dialect{"WholeNumbersAsFloats",
                "user,item,rating\n5.0,1.0,4.5\n5.0,30.0,3.0\n"
                "100000.0,1.0,2.0\n100000.0,2.0,1.0\n"},
        Dialect{"WholeNumbersInScientificNotation",
                "user,item,rating\n5,1,4.5\n5,30,3\n1e+05,1,2\n1e5,2,1\n"},
        Dialect{"NumpySavetxt",
                "5.000000000000000000e+00 1.0e+00 4.5e+00\n5.0e+00 3.0e+01 3.0e+00\n"
                "1.0e+05 1.0e+00 2.0e+00\n1.0e+05 2.0e+00 1.0e+00\n"},
        Dialect{"DecimalComma", "user;item;rating\n5;1;4,5\n5;30;3\n100000;1;2,0\n100000;2;1\n",
                [](CsvSource& s) { s.decimal = Decimal::comma; }},
        Dialect{"BlanksAroundFields",
                "user , item , rating\n5 , 1 , 4.5\n 5, 30, 3\n100000 ,1, 2 \n"
                "100000, 2,1\n"},
        Dialect{"MissingRatings",
                "user,item,rating\n5,1,4.5\n5,2,NA\n5,30,3\n7,1,\n100000,1,2\n"
                "100000,2,1\n100000,30,NaN\n",
                [](CsvSource& s) { s.missing = MissingRating::drop; }},
        Dialect{"DroppedValues",
                "user,item,rating\n5,1,4.5\n5,2,0\n5,30,3\n7,1,0\n100000,1,2\n"
                "100000,2,1\n",
                [](CsvSource& s) { s.drop_values = {0}; }},
        Dialect{"JsonLines", R"({"user": 5, "item": "1", "rating": 4.5, "x": {"rating": 1}})"
                             "\n"
                             R"({"rating": "3", "item": 30, "user": "5"})"
                             "\n"
                             R"({"user": 100000.0, "item": 1, "rating": 2})"
                             "\n"
                             R"({"user": "1e+05", "item": 2, "rating": 1.0})"
                             "\n"},
        Dialect{"Mac",
                "\xEF\xBB\xBFuser,item,rating\r\n5,1,4.5\r\n5,30,3\r\n100000,1,2\r\n100000,2,1"}),
    [](const auto& test) { return std::string(test.param.name); });

/// What leads to the right setting where a dialect is not taken as it is.
struct Advice {
  const char* name;
  std::string text;
  const char* says;
  const char* advises;

  friend void PrintTo(const Advice& advice, std::ostream* out) { *out << advice.name; }
};

struct Advised : DataTest, ::testing::WithParamInterface<Advice> {};

TEST_P(Advised, ErrorNamesTheSetting) {
  CsvSource source;
  source.path = write("ratings.txt", GetParam().text);
  EXPECT_THAT(
      message_of<DataError>([&] { load_ratings(source); }),
      AllOf(HasSubstr("ratings.txt"), HasSubstr(GetParam().says), HasSubstr(GetParam().advises)));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Advised,
    ::testing::Values(
        Advice{"OtherCase", rows(",", "User,Item,Rating\n"), "no column 'user'",
               "set data.user_column=User"},
        Advice{"AmazonNames", rows(",", "reviewerID,asin,overall\n"), "no column 'user'",
               "set data.user_column=reviewerID"},
        Advice{"ItemsOfOthers", rows(",", "user,movieId,rating\n"), "no column 'item'",
               "set data.item_column=movieId"},
        Advice{"RatingsOfOthers", rows(",", "user,item,stars\n"), "no column 'rating'",
               "set data.rating_column=stars"},
        Advice{"UnknownNames", rows(",", "a,b,c\n"), "no column 'user'",
               "set data.user_column to one of the columns: 'a', 'b', 'c'"},
        Advice{"KeysOfObjects", "{\"who\": 1, \"item\": 2, \"rating\": 3}\n", "no column 'user'",
               "set data.user_column to one of the columns: 'who'"},
        Advice{"DecimalComma", "user;item;rating\n5;1;4,5\n", "rating '4,5'",
               "set data.decimal to \"comma\""},
        Advice{"Missing", "user,item,rating\n5,1,NA\n", "the rating is 'NA'",
               "set data.missing to \"drop\""},
        Advice{"Empty", "user,item,rating\n5,1,\n", "the rating is empty",
               "set data.missing to \"drop\""},
        Advice{"UnknownDelimiter", "user~item~rating\n5~1~3\n", "cut this line", "data.delimiter"},
        Advice{"JsonArray", "[{\"user\": 1}]\n", "a JSON array", "jq -c"},
        Advice{"Duplicate", "user,item,rating\n5,1,3\n6,1,3\n5,1,4\n", "ratings.txt:4: user 5",
               "data.duplicates"},
        Advice{"ObjectWithoutKey", "{\"user\": 1, \"item\": 2, \"rating\": 3}\n{\"user\": 1}\n",
               "ratings.txt:2: no key 'item'", "item"},
        Advice{"NoRatings", "user,item\n5,1\n", "3 columns are needed: commas cut this line into 2",
               "data.delimiter"},
        Advice{"ForeignNames", rows(",", "\u7528\u6237,item,rating\n"), "no column 'user'",
               "set data.user_column to one of the columns: '\u7528\u6237'"},
        Advice{"LatinNames", rows(",", "lecteur,\xE9t\xE9,note\n"), "'\u00e9t\u00e9'",
               "in: lecteur,\\xe9t\\xe9,note"},
        Advice{"NameWithABlank", rows(",", "user id,item,rating\n"), "no column 'user'",
               "set data.user_column='user id'"},
        Advice{"NameWithATab", rows(",", "\"user\tid\",item,rating\n"), "'user\\tid'",
               "set data.user_column=1;"},
        Advice{"TheSameNameTwice", "user,item,rating,user\n5,1,3,5\n", "column 'user' occurs twice",
               "set data.user_column to its number"},
        Advice{"Matrix", "user,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u\n5,1\n", "among 22",
               "melt()"},
        Advice{"WideWithOtherNames",
               "userId,movieId,stars,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s\n5,1,3\n",
               "no column 'user'", "set data.user_column=userId"},
        Advice{"SymmetricMatrixMarket",
               "%%MatrixMarket matrix coordinate real symmetric\n9 9 4\n" + rows(" "),
               "ratings.txt:1: a Matrix Market file of another kind", "symmetry='general'"},
        Advice{"MatrixWithoutNames", "5,1,2,3,4,5,6,7\n", "8 columns", "one rating a line"},
        Advice{"NetflixPrize", "1:\n5,3,2005-09-06\n", "ratings.txt:1: items on lines of their own",
               "set data.type to \"netflix_prize\""},
        Advice{"Dictionaries", "{'user': 1, 'item': 2, 'rating': 3}\n", "a Python dictionary",
               "json.dumps(ast.literal_eval(line))"},
        Advice{"ObjectOfColumns", "{\"user\": {\"0\": 1" + std::string(2 << 20, ' ') + "}}\n",
               "a JSON object of columns", "lines=True"},
        Advice{"KeyTwice", "{\"user\": 1, \"user\": 2, \"item\": 2, \"rating\": 3}\n",
               "ratings.txt:1: the key 'user' occurs twice", "user"},
        Advice{"ObjectWithoutRating",
               "{\"user\": 1, \"item\": 2, \"rating\": 3}\n{\"user\": 1, \"item\": 3}\n",
               "ratings.txt:2: no key 'rating'", "set data.missing to \"drop\""},
        Advice{"Dash", "user,item,rating\n5,1,-\n", "the rating is '-'",
               "set data.missing to \"drop\""},
        Advice{"QuoteWithin", "user,item,rating\n5,\"a\"b,3\n", "text follows a closing quote",
               "written twice"},
        Advice{"NoUser", "user,item,rating\n,1,3\n", "ratings.txt:2: the user id is empty",
               "remove the row"},
        Advice{"ControlCharacters", "user,item,rating\n\x1b[1m,1,3\n\x1b[1m,1,4\n",
               "user \\x1b[1m already rated", "data.duplicates"},
        Advice{"UnclosedQuote", "user,item,rating\n5,1,3\n5,\"2,3\n",
               "ratings.txt:3: a quoted field", "quote"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST_F(Dialects, AWrongDelimiterIsSaid) {
  CsvSource source;
  source.path = write("a.csv", rows("\t", "user\titem\trating\n"));
  source.delimiter = ",";
  EXPECT_THAT(message_of<DataError>([&] { load_ratings(source); }),
              HasSubstr("a.csv:1: data.delimiter is not in this line"));
}

TEST_F(Dialects, ANumberOfNoColumnIsSaid) {
  CsvSource source;
  source.path = write("a.csv", rows(","));
  source.item_column = 7;
  EXPECT_THAT(message_of<DataError>([&] { load_ratings(source); }),
              HasSubstr("a.csv:1: no column 7 (data.item_column): there are 3"));
}

TEST_F(Dialects, ATimeThatIsNoneIsSaid) {
  CsvSource source;
  source.path = write("a.csv", "user,item,rating,when\n5,1,3,May 3\n");
  source.timestamp_column = "when";
  EXPECT_THAT(
      message_of<DataError>([&] { load_ratings(source); }),
      AllOf(HasSubstr("a.csv:2: the timestamp 'May 3'"), HasSubstr("leave the timestamps out")));
}

TEST_F(Dialects, TextsAreKeptAsTheyAre) {
  CsvSource source;
  source.path = write("a.csv",
                      "user,item,rating\nA2SUAM1J,0195153448,5\n\"Bob, the 2nd\",B\xE9"
                      "b\xE9,1\n"
                      "\"say \"\"hi\"\"\",007,3\n");
  const Ratings ratings = load_ratings(source);
  EXPECT_EQ(ratings.ids.item.text(0), "007");
  EXPECT_EQ(ratings.ids.item.text(1), "0195153448");
  EXPECT_EQ(ratings.ids.item.text(2),
            "B\xC3\xA9"
            "b\xC3\xA9");
}

TEST_F(Dialects, TakenForGrantedIsSaid) {
  CsvSource source;
  source.path = write("a.csv", "# hi\n5,1,4\n5,2,NA\n6,1,0\n6,2,3\n");
  source.missing = MissingRating::drop;
  source.drop_values = {0};
  std::vector<std::string> remarks;
  LoadOptions options;
  options.remark = [&](const std::string& text) { remarks.push_back(text); };
  load_ratings(source, options);
  EXPECT_THAT(remarks, ElementsAre(HasSubstr("1 leading comment lines"),
                                   HasSubstr("no header: columns 1, 2, 3"),
                                   HasSubstr("1 rows without rating left out"),
                                   HasSubstr("1 ratings of data.drop_values left out")));
}

}  // namespace
}  // namespace lacuna::data
