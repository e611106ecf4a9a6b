#include "features/places/place_queries_test.hpp"

namespace safargo::places {
namespace {

class PlaceQueries : public LabelledQueries {};

TEST(Recall, OnlyWhatIsFoundCounts) {
    Recall recall;
    for (const Codes& found : {Codes{}, Codes{"x"}, Codes{"x", "y", "z", "wanted"}}) recall.add(found, "wanted");
    EXPECT_EQ(recall.first + recall.among_three, 0);
    recall.add({"x", "y", "wanted"}, "wanted");
    recall.add({"wanted"}, "wanted");
    EXPECT_EQ(recall.at_1(), 1.0 / 5);
    EXPECT_EQ(recall.at_3(), 2.0 / 5);
}

TEST_F(PlaceQueries, EveryLabelNamesSomethingThatExists) {
    for (const Label& label : labels()) {
        const bool known = label.kind == "place" ? algeria().place(label.code) != nullptr
                           : label.kind == "commune"
                               ? algeria().commune(label.code) != nullptr
                               : std::ranges::find(algeria().localities(), label.code, &geo::Town::code) !=
                                     algeria().localities().end();
        EXPECT_TRUE(known) << label.query << ": " << label.kind << " " << label.code;
    }
}

TEST_F(PlaceQueries, PostgresqlFindsWhatIsMeant) {
    PlaceFinder finder(database->db(), nullptr, algeria());
    const Recall recall = show("PostgreSQL", ask_all(finder));
    EXPECT_GE(recall.asked, 300);
    EXPECT_GE(recall.at_1(), 0.9);
    EXPECT_GE(recall.at_3(), 0.97);
}

}  // namespace
}  // namespace safargo::places
