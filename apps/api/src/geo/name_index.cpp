#include "geo/name_index.hpp"

#include "core/text_cut.hpp"
#include "geo/name_fold.hpp"
#include "geo/query_words.hpp"

#include <algorithm>
#include <iterator>
#include <ranges>

namespace safargo::geo {
namespace {

constexpr std::size_t longest_query = 200;
constexpr std::size_t most_words = 8;

constexpr int later_word_distance = 3;
constexpr int distance_per_slip = 2;

// Titles before place names, which do not count for the sound of the name.
constexpr std::string_view titles[] = {"wilaya", "commune", "daira", "ville", "ولايه", "بلديه", "دايره", "مدينه"};

bool is_silent(std::string_view word) {
    return is_filler(word) || is_article(word) || std::ranges::find(titles, word) != std::end(titles);
}

std::string joined(std::span<const std::string_view> words) {
    std::string text;
    for (const std::string_view word : words) {
        if (!text.empty()) text.push_back(' ');
        text += word;
    }
    return text;
}

// Short names resemble many others: the fewer consonants, the smaller the allowed difference.
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

NameIndex::NameIndex(std::span<const Entry> entries) {
    std::vector<Sound> sounds;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        weights_.push_back(entries[i].weight);
        within_.push_back(entries[i].within);
        for (const std::string& name : entries[i].names)
            add_name(i, entries[i].folded ? name : fold_name(name), sounds);
    }
    std::ranges::sort(tails_, {}, [this](const Tail& tail) { return text_of(tail); });
    sounds_ = SoundTable(std::move(sounds));
    for (const Spelling& spelling : spellings_) spelling_counts_.push_back(count_letters(spelling.letters));
}

void NameIndex::add_name(std::size_t entry, std::string folded, std::vector<Sound>& sounds) {
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
        if (is_silent(words[i])) continue;
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

// Matches the spelling: the name, its beginning, its words.
void NameIndex::score_as_spelt(std::span<const std::string_view> words, int less, NameScores& scores) const {
    score_beginnings(joined(words), less, scores);
    if (words.size() > 1 && is_article(words[0])) score_beginnings(joined(words.subspan(1)), less, scores);
    score_words(words, less, scores);
}

void NameIndex::score_beginnings(std::string_view folded, int less, NameScores& scores) const {
    for (const Tail& tail : tails_beginning(folded)) {
        const std::size_t entry = names_[tail.name].entry;
        if (tail.whole && text_of(tail).size() == folded.size()) {
            scores.offer_whole_name(entry, less);
        } else {
            scores.offer(entry, (tail.whole ? beginning : beginnings_of_words) - less + scores.weight(entry));
        }
    }
}

void NameIndex::score_words(std::span<const std::string_view> words, int less, NameScores& scores) const {
    std::vector<std::string_view> wanted;
    std::ranges::remove_copy_if(words, std::back_inserter(wanted), is_filler);
    if (words.size() < 2 || wanted.empty()) return;
    const std::string_view longest = *std::ranges::max_element(wanted, {}, &std::string_view::size);
    for (const Tail& tail : tails_beginning(longest)) {
        const Name& name = names_[tail.name];
        if (every_word_begins_one_of(wanted, name.folded))
            scores.offer(name.entry, beginnings_of_words - less + scores.weight(name.entry));
    }
}

void NameIndex::score_spellings(std::string_view folded, int farther, NameScores& scores) const {
    const Letters letters = letters_of(folded);
    const LetterCounts counts = count_letters(letters);
    const int allowed = slips_allowed(letters.size());
    for (std::size_t i = 0; i < spellings_.size() && allowed > 0; ++i) {
        if (spelling_distance_bound(counts, spelling_counts_[i]) > allowed) continue;
        const int slips = spelling_distance(letters, spellings_[i].letters, allowed);
        if (slips <= allowed) scores.offer_alike(spellings_[i].entry, distance_per_slip * slips + farther);
    }
}

void NameIndex::score_voices(std::span<const std::string_view> words, int farther, NameScores& scores) const {
    const Sound sound = sound_of(words, Articles::dropped);
    // A single word of several must sound nearly exact: most unknown words are not names.
    const int allowed = distance_allowed(heavy_symbols(sound)) / (farther > 0 ? 2 : 1);
    if (allowed == 0) return;
    for (const auto& [index, distance] : sounds_.near(sound, allowed)) {
        const Voice& voice = voices_[index];
        const int far = distance + (voice.whole ? 0 : later_word_distance);
        if (far <= allowed) scores.offer_alike(voice.entry, far + farther);
    }
}

void NameIndex::score_without_words_around(std::vector<std::string_view> words, std::size_t limit,
                                           NameScores& scores) const {
    const std::vector<std::string_view> as_typed = words;
    const bool dropped = drop_country(words);
    if (dropped) score_as_spelt(words, 0, scores);
    const std::vector<std::string_view> telling = telling_words(words);
    const bool shorter = telling.size() < words.size();
    if (shorter && !scores.has_whole_name()) score_as_spelt(telling, without_words_around, scores);
    if (scores.has_whole_name() || scores.found() >= limit) return;
    score_spellings(joined(words), 0, scores);
    if (shorter) score_spellings(joined(telling), 0, scores);
    score_voices(telling, 0, scores);
    if (scores.highest() >= beginnings_of_words - without_words_around) return;
    if (telling.size() > 1) score_parts(telling, scores);
    // The dropped country may have been the only known word: "الجزائر" is also Algiers.
    if (dropped) score_parts(as_typed, scores);
}

std::vector<NameIndex::Hit> NameIndex::find(std::string_view query, std::size_t limit) const {
    const std::string folded = fold_name(cut_bytes(query, longest_query));
    auto words = words_of(folded);
    if (words.empty()) return {};
    // The telling words may come last: "Station de bus de la gare routière d'Oran".
    if (words.size() > most_words) words = telling_words(words);
    words.resize(std::min(words.size(), most_words));
    NameScores scores(weights_);
    score_as_spelt(words, 0, scores);
    if (!scores.has_whole_name()) score_without_words_around(words, limit, scores);
    return scores.best(limit);
}

}  // namespace safargo::geo
