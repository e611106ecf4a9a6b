// The wire format of profiles (PRODUCT section 2).
#pragma once

#include "contract/described.hpp"
#include "contract/public_line.hpp"
#include "core/caller.hpp"
#include "core/language.hpp"
#include "core/preferences.hpp"
#include "features/users/types.hpp"

#include <string>
#include <vector>

namespace safargo::users {

struct TravelPreferences {
    std::optional<bool> smoking, pets, music;
    std::optional<Talk> talk;
};
BOOST_DESCRIBE_STRUCT(TravelPreferences, (), (smoking, pets, music, talk))

// The parts of the account that only the person sees.
struct MyProfile {
    UserId id;
    PersonName name;
    std::optional<std::string> phone, email;
    Role role;
    AccountStatus status;
    Language locale;
    std::optional<std::string> bio;
    std::optional<Picture> photo;
    std::vector<std::string> languages;
    TravelPreferences preferences;
    std::optional<double> rating;
    std::int64_t reviews;
    bool verified;
    Instant member_since;
};
BOOST_DESCRIBE_STRUCT(MyProfile, (),
                      (id, name, phone, email, role, status, locale, bio, photo, languages, preferences, rating,
                       reviews, verified, member_since))

// What SafarGo has checked of a person, never the thing itself.
struct Verifications {
    bool phone, email, identity;
};
BOOST_DESCRIBE_STRUCT(Verifications, (), (phone, email, identity))

struct PublicProfile {
    UserId id;
    PersonName name;  // first name and initial
    std::optional<std::string> bio;
    std::optional<Picture> photo;
    std::vector<std::string> languages;
    TravelPreferences preferences;
    std::optional<double> rating;
    std::int64_t reviews, trips_driven, trips_travelled;
    bool verified;
    Verifications verifications;
    Instant member_since;
    std::optional<std::int64_t> response_time_s;  // mean of all requests answered; null before three
    std::optional<double> cancellation_rate;      // share of own trips and bookings cancelled late; null without any
};
BOOST_DESCRIBE_STRUCT(PublicProfile, (),
                      (id, name, bio, photo, languages, preferences, rating, reviews, trips_driven, trips_travelled,
                       verified, verifications, member_since, response_time_s, cancellation_rate))

// Absent leaves a preference as it is, null takes it back.
struct WantedTravelPreferences {
    contract::Patch<std::optional<bool>> smoking, pets, music;
    contract::Patch<std::optional<Talk>> talk;
};
BOOST_DESCRIBE_STRUCT(WantedTravelPreferences, (), (smoking, pets, music, talk))

struct EditProfile {
    contract::Patch<PublicLine<80>> name;
    contract::Patch<std::optional<Text<500, 0>>> bio;  // empty: none
    contract::Patch<Language> locale;
    contract::Patch<contract::List<Language, 0, 3>> languages;
    contract::Patch<WantedTravelPreferences> preferences;
};
BOOST_DESCRIBE_STRUCT(EditProfile, (), (name, bio, locale, languages, preferences))

struct RecordConsent {
    Line<64> kind;
    bool granted;
};
BOOST_DESCRIBE_STRUCT(RecordConsent, (), (kind, granted))

}  // namespace safargo::users

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::users::EditProfile> =
    R"({"name":"Yasmine Haddad","bio":"Je fais Alger–Oran chaque semaine.","locale":"fr","languages":["fr","ar"],)"
    R"("preferences":{"smoking":false,"music":true,"talk":"normal"}})";

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::users::RecordConsent> =
    R"({"kind":"marketing_sms","granted":true})";
