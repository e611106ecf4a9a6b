#include "features/places/ranking.hpp"

#include "geo/entry_names.hpp"
#include "geo/name_fold.hpp"
#include "geo/name_index.hpp"
#include "geo/name_scores.hpp"
#include "geo/name_sound.hpp"
#include "geo/search_texts.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <span>
#include <tuple>

namespace safargo::places {
namespace {

// The hits, then the wilayas that contain them and those which these were part of.
class Entries {
public:
    Entries(std::vector<PlaceHit>& hits, const geo::Gazetteer& gazetteer) : gazetteer_(gazetteer) {
        for (PlaceHit& hit : hits)
            all_.push_back({.weight = hit.weight, .names = hit.folded_names, .within = {}, .folded = true});
        for (std::size_t i = 0; i < hits.size(); ++i) all_[i].within = wilaya(hits[i].wilaya);
    }

    std::span<const geo::NameIndex::Entry> all() const { return all_; }

private:
    std::optional<std::size_t> wilaya(int code) {
        if (const auto known = wilayas_.find(code); known != wilayas_.end()) return known->second;
        const geo::Wilaya* found = gazetteer_.wilaya(code);
        if (!found) return std::nullopt;
        const std::size_t entry = all_.size();
        wilayas_.emplace(code, entry);
        all_.push_back({.weight = 0, .names = geo::names_of(*found, gazetteer_.data())});
        all_[entry].within = wilaya(found->mother_code);
        return entry;
    }

    const geo::Gazetteer& gazetteer_;
    std::vector<geo::NameIndex::Entry> all_;
    std::map<int, std::size_t> wilayas_;
};

auto place_in_order(const RankedHit& ranked) {
    return std::tuple(-ranked.score, -ranked.hit.weight, ranked.hit.kind, std::string_view(ranked.hit.code));
}

constexpr int alike_in_sound = 400;  // below whatever a name index gives
constexpr int least_consonants = 2;

bool has_sound(const PlaceHit& hit, const geo::Sound& sound) {
    return std::ranges::any_of(hit.folded_names, [&](const std::string& name) {
        const auto words = geo::words_of(name);
        return std::ranges::any_of(words, [&](const std::string_view& word) {
            return geo::sound_of({&word, 1}, geo::Articles::kept) == sound;
        });
    });
}

// Short words resemble too much for the index of all names; among the few that a store found, one that sounds the same
// is meant: "8oufi" is Ghoufi.
std::vector<RankedHit> rank_by_sound(std::string_view query, std::vector<PlaceHit> hits) {
    const std::vector<geo::SearchTerm> terms = geo::search_terms(query);
    std::vector<RankedHit> ranked;
    for (PlaceHit& hit : hits) {
        int letters = 0;
        for (const geo::SearchTerm& term : terms) {
            if (geo::heavy_symbols(term.sound) >= least_consonants && has_sound(hit, term.sound))
                letters += term.letters;
        }
        if (letters > 0) ranked.push_back({std::move(hit), alike_in_sound + letters});
    }
    return ranked;
}

}  // namespace

std::vector<RankedHit> rank(std::string_view query, std::vector<PlaceHit> hits, const geo::Gazetteer& gazetteer) {
    const Entries entries(hits, gazetteer);
    const geo::NameIndex names(entries.all());
    std::vector<RankedHit> ranked;
    std::vector<bool> is_ranked(hits.size());
    for (const geo::NameIndex::Hit& found : names.find(query, entries.all().size())) {
        if (found.entry >= hits.size()) continue;
        is_ranked[found.entry] = true;
        ranked.push_back({std::move(hits[found.entry]), found.score});
    }
    if (ranked.empty() || ranked.front().score < geo::every_word) {
        std::vector<PlaceHit> others;
        for (std::size_t i = 0; i < hits.size(); ++i)
            if (!is_ranked[i]) others.push_back(std::move(hits[i]));
        std::ranges::move(rank_by_sound(query, std::move(others)), std::back_inserter(ranked));
    }
    std::ranges::sort(ranked, {}, place_in_order);
    return ranked;
}

}  // namespace safargo::places
