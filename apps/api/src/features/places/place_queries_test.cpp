#include "features/places/place_queries_test.hpp"

namespace safargo::places {
namespace {

class PlaceQueries : public LabelledQueries {};

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
