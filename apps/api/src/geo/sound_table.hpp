// Finds similar sounds: the edit distance to all of many sounds at once, sharing the work on common prefixes.
#pragma once

#include "geo/name_sound.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace safargo::geo {

class SoundTable {
public:
    struct Hit {
        std::size_t index;  // in the given list
        int distance;
        bool operator==(const Hit&) const = default;
    };

    SoundTable() = default;
    explicit SoundTable(std::vector<Sound> sounds);

    // Reads sounds and queries up to their 40th symbol. Returns every sound within `limit`, in no order. The distance
    // is the cost of turning the query into a prefix of the sound (1 for a light symbol missing, added or wrong, 4 for
    // a heavy one, 2 between confusable ones, 4 for transposed heavy symbols), plus up to 3 for the rest of the sound.
    std::vector<Hit> near(std::string_view query, int limit) const;

private:
    // The number of symbols of each confusable heavy group in a sound.
    using Counts = std::array<std::uint8_t, 16>;
    struct Row {
        Sound sound;
        std::size_t index;   // in the given list
        std::size_t shared;  // symbols shared with the previous row
    };
    static Counts count(std::string_view sound);
    static int least_distance(const Counts& query, const Counts& sound);

    std::vector<Row> rows_;       // sorted by sound
    std::vector<Counts> counts_;  // of the rows; separate, for the scan that excludes most of them
};

}  // namespace safargo::geo
