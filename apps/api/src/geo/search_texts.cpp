#include "geo/search_texts.hpp"

#include "core/text_cut.hpp"
#include "geo/name_fold.hpp"
#include "geo/name_sound.hpp"
#include "geo/query_words.hpp"

#include <algorithm>

namespace safargo::geo {
namespace {

constexpr std::size_t longest_query = 200;
constexpr std::size_t most_words = 8;
constexpr std::size_t longest_joined = 80;  // bytes; a longer name is not written as one word
constexpr std::size_t shortest_sound = 2;
constexpr std::size_t shortest_bones = 3;  // fewer consonants sound like everything

std::string without_spaces(std::string_view text) {
    std::string joined(text);
    std::erase(joined, ' ');
    return joined;
}

int letters_in(std::string_view word) {
    return static_cast<int>(
        std::ranges::count_if(word, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

SearchTerm term_of(std::string_view word) {
    SearchTerm term{.word = std::string(word), .sound = sound_of({&word, 1}, Articles::kept), .bones{}};
    std::ranges::copy_if(term.sound, std::back_inserter(term.bones), [](char symbol) { return !is_light(symbol); });
    if (term.sound.size() < shortest_sound) term.sound.clear();
    if (term.bones.size() < shortest_bones) term.bones.clear();
    term.letters = letters_in(word);
    return term;
}

class DistinctWords {
public:
    void add(std::string_view word) {
        if (!word.empty() && std::ranges::find(words_, word) == words_.end()) words_.emplace_back(word);
    }
    std::string joined() const {
        std::string text;
        for (const std::string& word : words_) text.append(text.empty() ? "" : " ").append(word);
        return text;
    }

private:
    std::vector<std::string> words_;  // a few dozen at most
};

// The words of a folded name, then the name as one word.
std::vector<std::string> forms_of(std::string_view folded) {
    const auto words = words_of(folded);
    std::vector<std::string> forms(words.begin(), words.end());
    if (words.size() > 1 && folded.size() <= longest_joined) forms.push_back(without_spaces(folded));
    return forms;
}

}  // namespace

SearchTexts search_texts(std::span<const std::string> names) {
    SearchTexts texts;
    DistinctWords words, sounds, bones;
    for (const std::string& name : names) {
        std::string folded = fold_name(name);
        if (folded.empty() || std::ranges::find(texts.folded, folded) != texts.folded.end()) continue;
        for (const std::string& form : forms_of(folded)) {
            const SearchTerm term = term_of(form);
            words.add(term.word);
            sounds.add(term.sound);
            bones.add(term.bones);
        }
        texts.folded.push_back(std::move(folded));
    }
    texts.words = words.joined();
    texts.sounds = sounds.joined();
    texts.bones = bones.joined();
    return texts;
}

std::vector<SearchTerm> search_terms(std::string_view query) {
    const std::string folded = fold_name(cut_bytes(query, longest_query));
    auto words = telling_words(words_of(folded));
    words.resize(std::min(words.size(), most_words));
    std::vector<SearchTerm> terms;
    std::string joined;
    for (const std::string_view word : words) {
        terms.push_back(term_of(word));
        joined += word;
    }
    if (words.size() > 1 && joined.size() <= longest_joined) terms.push_back(term_of(joined));
    return terms;
}

}  // namespace safargo::geo
