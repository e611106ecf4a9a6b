// Answers of OpenSearch, read strictly: what is missing, of another type or beyond its limit makes the whole answer
// unreadable, since part of a search is no search.
#pragma once

#include "ports/place_search.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::opensearch {

// Says which part is wrong, and quotes nothing of it.
struct BadAnswer : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// All throw BadAnswer. A search that some shard did not answer, or that ran out of time, is a bad answer too.
std::vector<PlaceHit> read_hits(std::string_view body, std::size_t most);
std::vector<PlaceMark> read_marks(std::string_view body, std::size_t most);

// Of a bulk request of `count` lines: every document was written, or a newer one is there.
void check_bulk(std::string_view body, std::size_t count);

// The layout of the one index behind an alias.
std::int64_t read_layout(std::string_view body);
// The names in a list of indexes.
std::vector<std::string> read_index_names(std::string_view body);

}  // namespace safargo::opensearch
