#include "geo/sound_table.hpp"

#include <algorithm>
#include <limits>

namespace safargo::geo {
namespace {

constexpr int light_cost = 1;
constexpr int heavy_cost = 4;
constexpr int confusable_cost = 2;
constexpr int most_for_rest = 3;

constexpr std::size_t longest = 40;

// Confusable symbols share a group.
constexpr std::string_view groups[] = {"KX", "td", "sSzJ", "b", "f", "l", "m", "n", "r"};
constexpr std::size_t other_group = std::size(groups);  // digits

std::size_t group_of(char heavy) {
    return static_cast<std::size_t>(
        std::ranges::find_if(groups, [&](std::string_view group) { return group.contains(heavy); }) - groups);
}

bool are_confusable(char a, char b) {
    return group_of(a) == group_of(b) && group_of(a) != other_group;
}

int cost_alone(char symbol) {
    return is_light(symbol) ? light_cost : heavy_cost;
}

int cost_instead(char a, char b) {
    if (a == b) return 0;
    if (is_light(a) != is_light(b)) return light_cost + heavy_cost;
    if (is_light(a)) return light_cost;
    return are_confusable(a, b) ? confusable_cost : heavy_cost;
}

// One extra final vowel is a spelling variant; anything more means that the name continues.
int cost_of_rest(std::string_view rest) {
    if (rest.empty() || (rest.size() == 1 && is_light(rest.front()))) return 0;
    return std::min(most_for_rest, 1 + heavy_symbols(rest) / 2);
}

// The edit-distance table between the query and the current sound, one column per symbol of the sound. Columns of the
// prefix shared with the previous sound are kept.
class Columns {
public:
    Columns(std::string_view query, int limit) : query_(query), limit_(limit) {
        for (std::size_t i = 0; i < query_.size(); ++i) columns_[0][i + 1] = columns_[0][i] + cost_alone(query_[i]);
    }

    // The distance to `sound`, or more than the limit. It shares its first `shared` symbols with the previous sound.
    int turn_to(std::string_view sound, std::size_t shared) {
        if (shared < hopeless_) {
            hopeless_ = never;
            count_ = std::min(count_, shared + 1);
            while (count_ <= sound.size() && hopeless_ == never) add_column(sound);
        }
        int best = limit_ + 1;
        for (std::size_t taken = 0; taken < std::min(count_, hopeless_); ++taken)
            if (const int cost = columns_[taken][query_.size()]; cost <= limit_)
                best = std::min(best, cost + cost_of_rest(sound.substr(taken)));
        return best;
    }

private:
    static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

    void add_column(std::string_view sound) {
        const std::size_t j = count_++;
        const char symbol = sound[j - 1];
        const auto& before = columns_[j - 1];
        auto& column = columns_[j];
        int least = column[0] = before[0] + cost_alone(symbol);
        for (std::size_t i = 1; i <= query_.size(); ++i) {
            const char wanted = query_[i - 1];
            column[i] = std::min({before[i] + cost_alone(symbol), column[i - 1] + cost_alone(wanted),
                                  before[i - 1] + cost_instead(wanted, symbol)});
            if (i > 1 && j > 1 && wanted == sound[j - 2] && symbol == query_[i - 2])
                column[i] =
                    std::min(column[i], columns_[j - 2][i - 2] + std::max(cost_alone(wanted), cost_alone(symbol)));
            least = std::min(least, column[i]);
        }
        if (least > limit_) hopeless_ = j;
    }

    std::string_view query_;
    int limit_;
    std::array<std::array<int, longest + 1>, longest + 1> columns_{};
    std::size_t count_ = 1;
    std::size_t hopeless_ = never;  // from this column on all distances exceed the limit
};

}  // namespace

SoundTable::SoundTable(std::vector<Sound> sounds) {
    for (std::size_t i = 0; i < sounds.size(); ++i) rows_.push_back({sounds[i].substr(0, longest), i, 0});
    std::ranges::sort(rows_, {}, &Row::sound);
    for (std::size_t i = 1; i < rows_.size(); ++i) {
        const auto differ = std::ranges::mismatch(rows_[i - 1].sound, rows_[i].sound);
        rows_[i].shared = static_cast<std::size_t>(differ.in2 - rows_[i].sound.begin());
    }
    for (const Row& row : rows_) counts_.push_back(count(row.sound));
}

SoundTable::Counts SoundTable::count(std::string_view sound) {
    Counts counts{};
    for (const char symbol : sound)
        if (!is_light(symbol)) ++counts[group_of(symbol)];
    return counts;
}

// Heavy symbols of the query that the sound lacks must have been missing or wrong.
int SoundTable::least_distance(const Counts& query, const Counts& sound) {
    int missing = 0;
    for (std::size_t i = 0; i < query.size(); ++i) missing += std::max(query[i] - sound[i], 0);
    return missing * heavy_cost;
}

std::vector<SoundTable::Hit> SoundTable::near(std::string_view query, int limit) const {
    query = query.substr(0, longest);
    const Counts counts = count(query);
    std::vector<Hit> hits;
    Columns columns(query, limit);
    std::size_t shared = 0;  // with the last row computed
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        shared = std::min(shared, rows_[i].shared);
        if (least_distance(counts, counts_[i]) > limit) continue;
        const int distance = columns.turn_to(rows_[i].sound, shared);
        if (distance <= limit) hits.push_back({rows_[i].index, distance});
        shared = longest;
    }
    return hits;
}

}  // namespace safargo::geo
