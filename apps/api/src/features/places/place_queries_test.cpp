// The labelled queries (place_queries.csv): how many find what was meant, first or among the first three.
#include "features/places/finder.hpp"
#include "geo/csv.hpp"
#include "seed/seed.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>

namespace safargo::places {
namespace {

struct Label {
    std::string group, query, kind, code;
};

std::vector<Label> read_labels() {
    const auto table = geo::CsvTable::read(SAFARGO_PLACES_DIR "/place_queries.csv", {"group", "query", "kind", "code"});
    std::vector<Label> labels;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const geo::CsvRow row = table.row(i);
        labels.push_back({std::string(row.text("group")), std::string(row.text("query")), std::string(row.text("kind")),
                          std::string(row.text("code"))});
    }
    return labels;
}

struct Recall {
    int asked = 0, first = 0, among_three = 0;

    void add(std::ptrdiff_t position) {
        ++asked;
        first += position == 0;
        among_three += position < 3;
    }
    double at_1() const { return static_cast<double>(first) / asked; }
    double at_3() const { return static_cast<double>(among_three) / asked; }
};

class PlaceQueriesTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        database = std::make_unique<testing::TestDatabase>();
        testing::run(seed::load_reference(database->db(), SAFARGO_DATA_DIR, [](auto, auto, auto) {}));
        database->execute("analyze");
    }
    static void TearDownTestSuite() { database.reset(); }
    static inline std::unique_ptr<testing::TestDatabase> database;

    static const geo::Gazetteer& algeria() {
        static const auto gazetteer = geo::Gazetteer::load(SAFARGO_DATA_DIR);
        return gazetteer;
    }

    // Places as GET /places finds them, towns by name alone; the codes in order.
    static std::vector<std::string> codes(PlaceFinder& finder, const Label& label) {
        std::vector<std::string> found;
        if (label.kind == "place") {
            for (FoundName& place : testing::run(finder.find({.words = label.query}))) found.push_back(place.slug);
        } else {
            PlaceSearchQuery query{.words = label.query, .kinds = {NamedKind::commune, NamedKind::locality}};
            for (RankedHit& town : testing::run(finder.find_named(query))) found.push_back(town.hit.code);
        }
        return found;
    }

    static void show(const char* store, const std::map<std::string, Recall>& groups) {
        std::printf("%s: group, queries, recall@1, recall@3\n", store);
        for (const auto& [group, recall] : groups)
            std::printf("%-24s %4d  %.3f  %.3f\n", group.c_str(), recall.asked, recall.at_1(), recall.at_3());
    }

    static Recall measure(const char* store, PlaceFinder& finder) {
        std::map<std::string, Recall> groups;
        Recall all;
        for (const Label& label : read_labels()) {
            const auto found = codes(finder, label);
            const auto position = std::ranges::find(found, label.code) - found.begin();
            groups[label.group].add(position);
            all.add(position);
            if (position > 0)
                std::printf("missed (%s): %s wants %s, first is %s, position %td of %zu\n", label.group.c_str(),
                            label.query.c_str(), label.code.c_str(), found.empty() ? "nothing" : found[0].c_str(), position,
                            found.size());
        }
        groups["(all)"] = all;
        show(store, groups);
        return all;
    }
};

TEST_F(PlaceQueriesTest, PostgresqlFindsWhatIsMeant) {
    PlaceFinder finder(database->db(), nullptr, algeria());
    const Recall recall = measure("postgresql", finder);
    EXPECT_GE(recall.asked, 300);
    EXPECT_GE(recall.at_1(), 0.9);
    EXPECT_GE(recall.at_3(), 0.97);
}

}  // namespace
}  // namespace safargo::places
