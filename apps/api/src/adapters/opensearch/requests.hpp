// The bodies of requests to OpenSearch.
#pragma once

#include "adapters/opensearch/index_layout.hpp"
#include "ports/place_search.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace safargo::opensearch {

// What names a document: "place:timgad".
std::string document_id(NamedKind kind, std::string_view code);

// Places and towns by name; empty if the words hold no letter or digit.
std::optional<std::string> search_by_name(const PlaceSearchQuery& query);
// Places by description.
std::string search_by_description(const PlaceSearchQuery& query);

// Lines of a bulk request. An older version than the one that is there changes nothing.
std::string bulk_of(std::span<const PlaceDocument> documents);
std::string bulk_removal_of(std::span<const PlaceMark> marks);

// Ids and versions of `count` documents, in order of their ids, after one of them.
std::string list_marks(std::size_t count, const std::optional<std::string>& after);

// The alias goes to a filled index in one step, and the indexes before it are removed.
std::string switch_alias(const IndexNames& names, std::int64_t to, const std::vector<std::int64_t>& removed);

}  // namespace safargo::opensearch
