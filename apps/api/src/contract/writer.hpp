// Appends JSON to a string, without building a tree.
#pragma once

#include "core/language.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace safargo::contract {

// A member's name as it appears in an object, `,"name":`, built at compile time: a response has thousands of keys.
template <class Member>
constexpr auto spell_key() {
    constexpr std::string_view name = Member::name;
    std::array<char, name.size() + 4> text{};
    text[0] = ',';
    text[1] = text[name.size() + 2] = '"';
    for (std::size_t k = 0; k < name.size(); ++k) text[k + 2] = name[k];
    text[name.size() + 3] = ':';
    return text;
}
template <class Member>
inline constexpr auto spelled_key = spell_key<Member>();

struct PictureLinks;

// Whom the JSON is for: the language of texts that the server adds, and where pictures are found. Without links, a
// picture cannot be printed.
struct Reader {
    Reader(Language read = Language::fr, const PictureLinks* links = nullptr) : language(read), pictures(links) {}

    Language language;
    const PictureLinks* pictures;
};

class Writer {
public:
    explicit Writer(std::string& out, Reader reader = {}) : out_(out), reader_(reader) {}

    Language reader() const { return reader_.language; }
    const PictureLinks* pictures() const { return reader_.pictures; }

    void null() { raw("null"); }
    void boolean(bool value) { raw(value ? "true" : "false"); }
    void integer(std::int64_t value);
    void number(double value);  // shortest form that reads back the same; NaN and infinity are null
    void string(std::string_view value);
    void raw(std::string_view json);  // a complete JSON value

    // A string of up to `most` characters that need no escape; `write(at)` returns the end of what it wrote.
    template <class Write>
    void plain_string(std::size_t most, Write write) {
        value(most + 2, [&](char* at) {
            *at++ = '"';
            at = write(at);
            *at++ = '"';
            return at;
        });
    }

    void begin_object() { open('{'); }
    void end_object() { close('}'); }
    void begin_array() { open('['); }
    void end_array() { close(']'); }
    void key(std::string_view name);
    template <std::size_t Size>
    void key(const std::array<char, Size>& spelled) {
        extend(Size, [&](char* at) {
            if (first_) {
                std::memcpy(at, spelled.data() + 1, Size - 1);
                return at + Size - 1;
            }
            std::memcpy(at, spelled.data(), Size);
            return at + Size;
        });
        first_ = true;
    }

private:
    void open(char bracket);
    void close(char bracket);

    template <class Write>
    void extend(std::size_t most, Write write) {
        const std::size_t size = out_.size();
        out_.resize_and_overwrite(
            size + most, [&](char* text, std::size_t) { return static_cast<std::size_t>(write(text + size) - text); });
    }

    // Adds a comma if the container is not empty.
    template <class Write>
    void value(std::size_t most, Write write) {
        extend(most + 1, [&](char* at) {
            if (!first_) *at++ = ',';
            return write(at);
        });
        first_ = false;
    }

    std::string& out_;
    Reader reader_;
    bool first_ = true;
};

}  // namespace safargo::contract
