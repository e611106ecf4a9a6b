// How well each entry of a NameIndex matches a query: the best of all its scores.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace safargo::geo {

// The whole name, its beginning, beginnings of its words; and the same without the words around a name.
inline constexpr int whole_name = 8'000;
inline constexpr int beginning = 7'000;
inline constexpr int beginnings_of_words = 6'000;
inline constexpr int without_words_around = 3'000;  // subtracted
// Every word is in the entry's name or in that of the entry that contains it: "Hydra Alger".
inline constexpr int every_word = 2'900;
// Similar: a distance of two outweighs the difference between a hamlet and a wilaya.
inline constexpr int alike = 2'600;
inline constexpr int per_distance = 120;
inline constexpr int weight_divisor = 4;
// Some of the words: they are the whole name, or part of it.
inline constexpr int whole_name_of_some_words = 2'150;
inline constexpr int some_words = 1'000;
inline constexpr int per_letter = 10;
inline constexpr int small_weight_divisor = 11;  // weights up to 999 stay below the steps above

class NameScores {
public:
    struct Hit {
        std::size_t entry;
        int score;
    };

    explicit NameScores(const std::vector<int>& weights) : weights_(weights), best_(weights.size(), -1) {}

    int weight(std::size_t entry) const { return weights_[entry]; }
    std::size_t found() const { return found_; }
    int highest() const { return highest_; }
    bool has_whole_name() const { return has_whole_name_; }

    void offer(std::size_t entry, int score) {
        if (best_[entry] < 0) ++found_;
        best_[entry] = std::max(best_[entry], score);
        highest_ = std::max(highest_, score);
    }

    void offer_whole_name(std::size_t entry, int less) {
        has_whole_name_ = true;
        offer(entry, whole_name - less + weights_[entry]);
    }

    void offer_alike(std::size_t entry, int distance) {
        offer(entry, alike - per_distance * distance + weights_[entry] / weight_divisor);
    }

    std::vector<Hit> best(std::size_t limit) const {
        std::vector<Hit> hits;
        hits.reserve(found_);
        for (std::size_t entry = 0; entry < best_.size(); ++entry)
            if (best_[entry] >= 0) hits.push_back({entry, best_[entry]});
        const auto wanted = hits.begin() + static_cast<std::ptrdiff_t>(std::min(limit, hits.size()));
        std::ranges::partial_sort(hits, wanted, [](const Hit& a, const Hit& b) {
            return a.score != b.score ? a.score > b.score : a.entry < b.entry;
        });
        hits.erase(wanted, hits.end());
        return hits;
    }

private:
    const std::vector<int>& weights_;
    std::vector<int> best_;
    std::size_t found_ = 0;
    int highest_ = -1;
    bool has_whole_name_ = false;
};

}  // namespace safargo::geo
