// A person's name. Empty until they have given one: readers then see "member" in their language.
#pragma once

#include "contract/codec.hpp"
#include "core/texts.hpp"

#include <string>
#include <string_view>

namespace safargo {

struct PersonName {
    std::string said;

    PersonName() = default;
    PersonName(std::string name) : said(std::move(name)) {}
    PersonName(const char* name) : said(name) {}
    operator const std::string&() const { return said; }

    std::string_view in(Language reader) const { return said.empty() ? member(reader) : std::string_view(said); }

    static std::string_view member(Language reader) { return plain_text("people.member", reader); }

    friend bool operator==(const PersonName&, const PersonName&) = default;
    friend bool operator==(const PersonName& name, const std::string& other) { return name.said == other; }
    friend bool operator==(const PersonName& name, const char* other) { return name.said == other; }
};

namespace contract {

template <>
struct Codec<PersonName> {
    static void print(Writer& out, const PersonName& name) { out.string(name.in(out.reader())); }
    static std::string schema(Components&, Direction) { return R"({"type":"string"})"; }
};

}  // namespace contract
}  // namespace safargo
