// All names by which people search an entry of the gazetteer, and its weight among equal matches: a wilaya before a big
// commune, then a sight, then a small commune.
#pragma once

#include "geo/gazetteer.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::geo {

// As written, in every script, codes included; the first is the French name.
std::vector<std::string> names_of(const Wilaya& wilaya, const GazetteerData& data);
std::vector<std::string> names_of(const Town& town, SuggestionKind kind, const GazetteerData& data);
std::vector<std::string> names_of(const Place& place, std::span<const std::string> other_names);

// Other names of an entry: former ones, Berber ones, nicknames.
std::vector<std::string> other_names(SuggestionKind kind, std::string_view code, const GazetteerData& data);

// 0..999, as NameIndex wants it.
int weight_of(const Wilaya& wilaya);
int weight_of(const Town& town);
int weight_of(const Place& place);

}  // namespace safargo::geo
