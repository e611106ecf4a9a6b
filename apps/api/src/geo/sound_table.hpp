// Which of many sounds are near one: the edit distance to all of them at once, sharing the work on common beginnings.
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
        std::size_t index;  // in the list given
        int distance;
        bool operator==(const Hit&) const = default;
    };

    SoundTable() = default;
    explicit SoundTable(std::vector<Sound> sounds);

    // Sounds and queries are read up to their 40th symbol. Every sound within `limit`, in no order. The distance is the
    // cost of turning the query into the sound's beginning (1 for a light symbol missing, added or wrong, 4 for a heavy
    // one, 2 between confusable ones, 4 for heavy neighbours swapped), and up to 3 more for what of the sound is left
    // over.
    std::vector<Hit> near(std::string_view query, int limit) const;

private:
    // How often each group of confusable heavy symbols stands in a sound.
    using Counts = std::array<std::uint8_t, 16>;
    struct Row {
        Sound sound;
        std::size_t index;   // in the list given
        std::size_t shared;  // symbols in common with the row above
    };
    static Counts count(std::string_view sound);
    static int least_distance(const Counts& query, const Counts& sound);

    std::vector<Row> rows_;       // sorted by sound
    std::vector<Counts> counts_;  // of the rows; apart, for the scan that rules most of them out
};

}  // namespace safargo::geo
