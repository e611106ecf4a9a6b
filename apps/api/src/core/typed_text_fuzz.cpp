// Any bytes as typed text, numbers and addresses: what is accepted is clean, and cleaning it again changes nothing.
// Aimed at: core/characters.cpp core/contact_details.cpp core/contact_phone.cpp core/contact_words.cpp core/digits.cpp
// Aimed at: core/email_address.cpp core/phone_number.cpp core/text.cpp core/text_cut.cpp
#include "core/contact_details.hpp"
#include "core/digits.hpp"
#include "core/email_address.hpp"
#include "core/phone_number.hpp"
#include "core/text.hpp"
#include "core/text_cut.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace safargo;

void require(bool holds) {
    if (!holds) std::abort();
}

void clean_twice(std::string_view typed, Breaks breaks) {
    const auto once = clean_text(typed, 0, 1'000, breaks);
    if (!once) return;
    require(is_valid_utf8(*once) && count_characters(*once) <= 1'000);
    require(clean_text(*once, 0, 1'000, breaks) == once);
    static_cast<void>(holds_contact_details(*once));
}

template <class T>
void read_twice(std::string_view typed) {
    if (const auto once = T::parse(typed)) require(T::parse(once->str()) == *once);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view typed(reinterpret_cast<const char*>(data), size);
    clean_twice(typed, Breaks::allowed);
    clean_twice(typed, Breaks::refused);
    read_twice<PhoneNumber>(typed);
    read_twice<EmailAddress>(typed);
    read_twice<DigitCode<6>>(typed);
    const std::string plain = plain_characters(typed);
    require(is_valid_utf8(plain) && plain_characters(plain) == plain);
    const std::string cut = cut_bytes(typed, 20);
    require(is_valid_utf8(cut) && cut.size() <= 20);
    return 0;
}
