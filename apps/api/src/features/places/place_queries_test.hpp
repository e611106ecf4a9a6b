// The labelled queries (place_queries.csv): how many find what was meant, first or among the first three.
#pragma once

#include "features/places/finder.hpp"
#include "geo/csv.hpp"
#include "seed/seed.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>

namespace safargo::places {

struct Label {
    std::string group, query, kind, code;
};

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

// What each query found, best first, in the order of the labels.
using FoundCodes = std::vector<std::vector<std::string>>;

// Algeria, read only by the tests of one suite.
class LabelledQueries : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        database = std::make_unique<testing::TestDatabase>();
        testing::run(seed::load_reference(database->db(), SAFARGO_DATA_DIR, [](auto, auto, auto) {}));
    }
    static void TearDownTestSuite() { database.reset(); }
    static inline std::unique_ptr<testing::TestDatabase> database;

    static const geo::Gazetteer& algeria() {
        static const auto gazetteer = geo::Gazetteer::load(SAFARGO_DATA_DIR);
        return gazetteer;
    }

    static const std::vector<Label>& labels() {
        static const std::vector<Label> all = read_labels();
        return all;
    }

    // Places as GET /places finds them, towns by name alone.
    static FoundCodes ask_all(PlaceFinder& finder) {
        FoundCodes all;
        for (const Label& label : labels()) all.push_back(codes(finder, label));
        return all;
    }

    // Prints the table of docs/folding.md, and what was missed.
    static Recall show(const char* store, const FoundCodes& found) {
        std::map<std::string, Recall> groups;
        Recall all;
        for (std::size_t i = 0; i < labels().size(); ++i) {
            const auto position = std::ranges::find(found[i], labels()[i].code) - found[i].begin();
            groups[labels()[i].group].add(position);
            all.add(position);
            if (position > 0) show_missed(labels()[i], found[i]);
        }
        std::printf("| %s | queries | recall@1 | recall@3 |\n|---|---|---|---|\n", store);
        for (const auto& [group, recall] : groups) show_row(group, recall);
        show_row("all", all);
        return all;
    }

private:
    static std::vector<Label> read_labels() {
        const auto table =
            geo::CsvTable::read(SAFARGO_PLACES_DIR "/place_queries.csv", {"group", "query", "kind", "code"});
        std::vector<Label> all;
        for (std::size_t i = 0; i < table.size(); ++i) {
            const geo::CsvRow row = table.row(i);
            all.push_back({std::string(row.required("group")), std::string(row.required("query")),
                           std::string(row.required("kind")), std::string(row.required("code"))});
        }
        return all;
    }

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

    static void show_missed(const Label& label, const std::vector<std::string>& found) {
        std::printf("missed (%s): %s wants %s, first is %s\n", label.group.c_str(), label.query.c_str(),
                    label.code.c_str(), found.empty() ? "nothing" : found[0].c_str());
    }
    static void show_row(const std::string& group, const Recall& recall) {
        std::printf("| %s | %d | %.3f | %.3f |\n", group.c_str(), recall.asked, recall.at_1(), recall.at_3());
    }
};

}  // namespace safargo::places
