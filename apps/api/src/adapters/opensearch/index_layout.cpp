#include "adapters/opensearch/index_layout.hpp"

#include <charconv>

namespace safargo::opensearch {
namespace {

// Names come folded (geo/search_texts), so they are only cut at spaces; "begun" finds what is typed so far.
// Descriptions are texts for readers, and each has the analyser of its language. What only the ranking reads is neither
// searched nor sorted.
constexpr std::string_view body = R"({
  "settings": {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "analysis": {
      "filter": {"beginnings": {"type": "edge_ngram", "min_gram": 1, "max_gram": 24}},
      "analyzer": {
        "folded_words": {"type": "custom", "tokenizer": "whitespace"},
        "folded_beginnings": {"type": "custom", "tokenizer": "whitespace", "filter": ["beginnings"]}
      }
    }
  },
  "mappings": {
    "dynamic": "strict",
    "_meta": {"layout": LAYOUT},
    "properties": {
      "id": {"type": "keyword"},
      "kind": {"type": "keyword"},
      "code": {"type": "keyword", "index": false, "doc_values": false},
      "type": {"type": "keyword"},
      "wilaya": {"type": "short"},
      "at": {"type": "geo_point"},
      "weight": {"type": "short"},
      "names": {"type": "keyword", "index": false, "doc_values": false},
      "words": {"type": "text", "analyzer": "folded_words", "norms": false, "index_options": "docs",
        "fields": {"begun": {"type": "text", "analyzer": "folded_beginnings", "search_analyzer": "folded_words",
          "norms": false, "index_options": "docs"}}},
      "sounds": {"type": "text", "analyzer": "folded_words", "norms": false, "index_options": "docs"},
      "bones": {"type": "text", "analyzer": "folded_words", "norms": false, "index_options": "docs"},
      "description_fr": {"type": "text", "analyzer": "french"},
      "description_ar": {"type": "text", "analyzer": "arabic"},
      "description_en": {"type": "text", "analyzer": "english"}
    }
  },
  "aliases": {"BUILDING": {}}
})";

void replace(std::string& text, std::string_view what, std::string_view by) {
    text.replace(text.find(what), what.size(), by);
}

}  // namespace

std::string IndexNames::index(std::int64_t number) const {
    return alias + '-' + std::to_string(number);
}

std::string IndexNames::all() const {
    return alias + "-*";
}

std::string IndexNames::building(std::int64_t number) const {
    return alias + "-building-" + std::to_string(number);
}

// Counted on from there: neither so large that counting overflows, nor in a spelling that we would not give back.
std::optional<std::int64_t> IndexNames::number_of(std::string_view name) const {
    constexpr std::int64_t most = 1'000'000'000;
    const std::string_view whole = name;
    if (!name.starts_with(alias) || !name.substr(alias.size()).starts_with('-')) return std::nullopt;
    name.remove_prefix(alias.size() + 1);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error != std::errc{} || end != name.data() + name.size() || number < 1 || number > most) {
        return std::nullopt;
    }
    return index(number) == whole ? std::optional(number) : std::nullopt;
}

std::string definition(const std::string& building_alias) {
    std::string text(body);
    replace(text, "LAYOUT", std::to_string(layout_version));
    replace(text, "BUILDING", building_alias);
    return text;
}

}  // namespace safargo::opensearch
