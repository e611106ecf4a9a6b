#include "geo/name_index.hpp"

#include "geo/name_fold.hpp"

#include <algorithm>
#include <ranges>

namespace safargo::geo {
namespace {

constexpr std::size_t longest_query = 100;

constexpr int whole_name = 5'000;
constexpr int beginning = 4'000;
constexpr int beginnings_of_words = 3'000;
// Alike: two units of distance outweigh the step from a hamlet to a wilaya.
constexpr int alike = 2'600;
constexpr int per_distance = 120;
constexpr int weight_divisor = 4;
constexpr int later_word_distance = 3;
constexpr int distance_per_slip = 2;

// What people write around a name.
constexpr std::string_view fillers[] = {"wilaya", "commune", "daira", "ville", "d",  "de",    "du", "des",
                                        "la",     "le",      "les",   "l",     "of", "the",   "et", "and",
                                        "a",      "ولايه",   "بلديه", "دايره", "من", "مدينه", "الي"};

bool is_filler(std::string_view word) {
    return std::ranges::find(fillers, word) != std::end(fillers);
}

// Short names resemble everything: the fewer consonants, the less may differ.
int distance_allowed(int heavy) {
    constexpr int by_heavy[] = {0, 0, 2, 4, 6, 6, 7, 8};
    return by_heavy[std::min<std::size_t>(static_cast<std::size_t>(heavy), std::size(by_heavy) - 1)];
}

int slips_allowed(std::size_t letters) {
    return letters < 4 ? 0 : letters < 8 ? 1 : 2;
}

bool every_word_begins_one_of(std::span<const std::string_view> words, std::string_view name) {
    const auto name_words = words_of(name);
    return std::ranges::all_of(words, [&](std::string_view word) {
        return std::ranges::any_of(name_words, [&](std::string_view of_name) { return of_name.starts_with(word); });
    });
}

}  // namespace

// The best score of each entry so far.
class NameIndex::Scores {
public:
    explicit Scores(const std::vector<int>& weights) : weights_(weights), best_(weights.size(), -1) {}

    int weight(std::size_t entry) const { return weights_[entry]; }
    std::size_t found() const { return found_; }
    int highest() const { return highest_; }

    void offer(std::size_t entry, int score) {
        if (best_[entry] < 0) ++found_;
        best_[entry] = std::max(best_[entry], score);
        highest_ = std::max(highest_, score);
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
};

NameIndex::NameIndex(std::span<const Entry> entries) {
    std::vector<Sound> sounds;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        weights_.push_back(entries[i].weight);
        for (const std::string& name : entries[i].names) add_name(i, name, sounds);
    }
    std::ranges::sort(tails_, {}, [this](const Tail& tail) { return text_of(tail); });
    sounds_ = SoundTable(std::move(sounds));
    for (const Spelling& spelling : spellings_) spelling_counts_.push_back(count_letters(spelling.letters));
}

void NameIndex::add_name(std::size_t entry, std::string_view name, std::vector<Sound>& sounds) {
    std::string folded = fold_name(name);
    const bool known = std::ranges::any_of(
        std::views::reverse(names_) | std::views::take_while([&](const Name& other) { return other.entry == entry; }),
        [&](const Name& other) { return other.folded == folded; });
    if (folded.empty() || known) return;
    names_.push_back({std::move(folded), entry});
    const std::string_view text = names_.back().folded;
    const auto words = words_of(text);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto offset = static_cast<std::size_t>(words[i].data() - text.data());
        const bool whole = i == 0 || (i == 1 && is_article(words[0]));
        tails_.push_back({names_.size() - 1, offset, whole});
        if (whole) spellings_.push_back({letters_of(text.substr(offset)), entry});
    }
    add_voices(entry, words, sounds);
}

void NameIndex::add_voices(std::size_t entry, std::span<const std::string_view> words, std::vector<Sound>& sounds) {
    add_voice({entry, true}, sound_of(words, Articles::dropped), sounds);
    add_voice({entry, true}, sound_of(words, Articles::kept), sounds);
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (is_filler(words[i]) || is_article(words[i])) continue;
        add_voice({entry, i == 1 && is_article(words[0])}, sound_of(words.subspan(i), Articles::dropped), sounds);
    }
}

void NameIndex::add_voice(Voice voice, Sound sound, std::vector<Sound>& sounds) {
    for (std::size_t i = voices_.size(); i > 0 && voices_[i - 1].entry == voice.entry; --i)
        if (sounds[i - 1] == sound && (voices_[i - 1].whole || !voice.whole)) return;
    voices_.push_back(voice);
    sounds.push_back(std::move(sound));
}

std::string_view NameIndex::text_of(const Tail& tail) const {
    return std::string_view(names_[tail.name].folded).substr(tail.offset);
}

std::span<const NameIndex::Tail> NameIndex::tails_beginning(std::string_view folded) const {
    const auto range = std::ranges::equal_range(
        tails_, folded, {}, [&](const Tail& tail) { return text_of(tail).substr(0, folded.size()); });
    return {range.begin(), range.end()};
}

void NameIndex::score_beginnings(std::string_view folded, Scores& scores) const {
    for (const Tail& tail : tails_beginning(folded)) {
        const std::size_t entry = names_[tail.name].entry;
        const bool ends_here = text_of(tail).size() == folded.size();
        const int tier = !tail.whole ? beginnings_of_words : ends_here ? whole_name : beginning;
        scores.offer(entry, tier + scores.weight(entry));
    }
}

void NameIndex::score_words(std::span<const std::string_view> words, Scores& scores) const {
    if (words.empty()) return;
    const std::string_view longest = *std::ranges::max_element(words, {}, &std::string_view::size);
    for (const Tail& tail : tails_beginning(longest)) {
        const Name& name = names_[tail.name];
        if (every_word_begins_one_of(words, name.folded))
            scores.offer(name.entry, beginnings_of_words + scores.weight(name.entry));
    }
}

void NameIndex::score_spellings(std::string_view folded, Scores& scores) const {
    const Letters letters = letters_of(folded);
    const LetterCounts counts = count_letters(letters);
    const int allowed = slips_allowed(letters.size());
    for (std::size_t i = 0; i < spellings_.size() && allowed > 0; ++i) {
        if (spelling_distance_bound(counts, spelling_counts_[i]) > allowed) continue;
        const int slips = spelling_distance(letters, spellings_[i].letters, allowed);
        if (slips <= allowed) scores.offer_alike(spellings_[i].entry, distance_per_slip * slips);
    }
}

void NameIndex::score_voices(std::span<const std::string_view> words, Scores& scores) const {
    const Sound sound = sound_of(words, Articles::dropped);
    const int allowed = distance_allowed(heavy_symbols(sound));
    if (allowed == 0) return;
    for (const auto& [index, distance] : sounds_.near(sound, allowed)) {
        const Voice& voice = voices_[index];
        const int far = distance + (voice.whole ? 0 : later_word_distance);
        if (far <= allowed) scores.offer_alike(voice.entry, far);
    }
}

std::vector<NameIndex::Hit> NameIndex::find(std::string_view query, std::size_t limit) const {
    const std::string folded = fold_name(query.substr(0, longest_query));
    auto words = words_of(folded);
    if (words.empty()) return {};
    Scores scores(weights_);
    score_beginnings(folded, scores);
    if (words.size() > 1 && is_article(words[0])) score_beginnings(folded.substr(words[0].size() + 1), scores);
    if (words.size() > 1) {
        std::erase_if(words, is_filler);
        score_words(words, scores);
    }
    if (scores.highest() < whole_name && scores.found() < limit) {
        score_spellings(folded, scores);
        score_voices(words, scores);
    }
    return scores.best(limit);
}

}  // namespace safargo::geo
