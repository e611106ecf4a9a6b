#include "adapters/opensearch/index_layout.hpp"

#include "core/crypto.hpp"

#include <boost/json.hpp>

#include <gtest/gtest.h>

namespace safargo::opensearch {
namespace {

TEST(IndexLayout, NumbersItsIndexes) {
    const IndexNames names;
    EXPECT_EQ(names.index(7), "safargo-places-7");
    EXPECT_EQ(names.number_of("safargo-places-7"), 7);
    for (const char* other :
         {"safargo-places", "safargo-places-", "safargo-places-0", "safargo-places--1", "safargo-places-7b",
          "safargo-places-building-7", "safargo-placesx7", "other-7", "safargo-places-99999999999999999999",
          "safargo-places-9223372036854775807", "safargo-places-007", "safargo-places-7 "})
        EXPECT_EQ(names.number_of(other), std::nullopt) << other;
    EXPECT_EQ(names.number_of(names.building(7)), std::nullopt);
}

TEST(IndexLayout, IsTheJsonOfOneLayout) {
    const auto definition_json = boost::json::parse(definition("safargo-places-building-3"));
    const auto& mappings = definition_json.at("mappings");
    EXPECT_EQ(mappings.at("_meta").at("layout").as_int64(), layout_version);
    EXPECT_EQ(mappings.at("dynamic").as_string(), "strict");
    EXPECT_TRUE(definition_json.at("aliases").as_object().contains("safargo-places-building-3"));
}

// Names come folded: what else were done to them, PostgreSQL would have to do as well. A managed node has plugins that
// others lack.
TEST(IndexLayout, NamesAreOnlyCutIntoWordsAndTheirBeginnings) {
    const auto whole = boost::json::parse(definition("x"));
    const auto& analysis = whole.at("settings").at("analysis");
    const auto& words = analysis.at("analyzer").at("folded_words").as_object();
    EXPECT_EQ(words.at("tokenizer").as_string(), "whitespace");
    EXPECT_FALSE(words.contains("filter") || words.contains("char_filter"));
    const auto& beginnings = analysis.at("analyzer").at("folded_beginnings").as_object();
    EXPECT_EQ(boost::json::serialize(beginnings.at("filter")), R"(["beginnings"])");
    EXPECT_EQ(analysis.at("filter").at("beginnings").at("min_gram").as_int64(), 1);
    EXPECT_EQ(analysis.at("filter").at("beginnings").at("max_gram").as_int64(), 24);
    for (const char* field : {"words", "sounds", "bones"}) {
        EXPECT_EQ(whole.at("mappings").at("properties").at(field).at("analyzer").as_string(), "folded_words") << field;
    }
    for (const char* plugin : {"icu_", "phonetic"}) EXPECT_FALSE(definition("x").contains(plugin)) << plugin;
}

// An index is rebuilt only if layout_version grows with what it contains.
TEST(IndexLayout, AChangedDefinitionIsANewLayout) {
    EXPECT_EQ(layout_version, 1);
    EXPECT_EQ(crypto::hex(crypto::view(crypto::sha256(definition("x")))).substr(0, 16), "85b2ac00baf8a539")
        << "increase layout_version, then write down the new digest";
}

}  // namespace
}  // namespace safargo::opensearch
