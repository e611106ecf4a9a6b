#include "features/auth/guess_limits.hpp"

#include <algorithm>

namespace safargo::auth {
namespace {

constexpr db::Statement find_channels{"user_channels", R"(
    select phone, email from users where phone = $1 or email = $2)"};

constexpr db::Statement read_guesses{"guesses_read", R"(
    select identifier_hmac, wrong, coalesce(wrong >= closed_at, false) from otp_guesses
    where day = $1::date and identifier_hmac = any($2))"};

// $3: wrong codes that count beside this row's own. The guess that closes the channel is the last one compared.
constexpr db::Statement count_guess{"guess_count", R"(
    insert into otp_guesses as guesses (day, identifier_hmac, wrong, closed_at)
    values ($1::date, $2, 1, case when 1 + $3::integer >= $4::integer then 1 end)
    on conflict (day, identifier_hmac) do update set wrong = guesses.wrong + 1,
        closed_at = coalesce(guesses.closed_at,
                             case when guesses.wrong + 1 + $3::integer >= $4::integer then guesses.wrong + 1 end)
    returning coalesce(wrong <= closed_at, true))"};

constexpr db::Statement uncount_guess{"guess_uncount", R"(
    update otp_guesses set wrong = greatest(wrong - 1, 0) where day = $1::date and identifier_hmac = $2)"};

std::string day_of(Instant now) {
    return LocalDate::of(now).str();
}

void add(GuessLimits::Channel& channel, const db::Row& row) {
    if (std::ranges::find(channel.names, row.get<std::string>(0)) == channel.names.end()) return;
    channel.wrong += row.get<std::int32_t>(1);
    if (row.get<std::string_view>(0) != channel.names.front()) channel.wrong_elsewhere += row.get<std::int32_t>(1);
    channel.closed |= row.get<bool>(2);
}

}  // namespace

const std::optional<Identifier>& GuessLimits::Standing::recipient() const {
    static const std::optional<Identifier> nobody;
    return open().closed ? nobody : open().recipient;
}

GuessLimits::Channel GuessLimits::channel_of(std::optional<Identifier> recipient, const std::string& name) const {
    Channel channel{.names = {}, .recipient = std::move(recipient)};
    for (const crypto::Key& key : keys_.all()) {
        channel.names.push_back(crypto::base64url(crypto::view(crypto::hmac_sha256(key, name))));
    }
    return channel;
}

// Two round trips for every identifier. One without another channel gets a channel without a recipient, so that guesses
// are counted and answered the same way.
Task<GuessLimits::Standing> GuessLimits::look(db::Session& session, Identifier asked, Instant now) {
    std::optional<std::string> phone, email;
    (asked.is_phone() ? phone : email) = asked.str();
    const db::Rows users = co_await session.query(find_channels, phone, email);
    std::optional<Identifier> other;
    if (!users.empty()) {
        const auto reached = users[0].get<std::optional<std::string>>(asked.is_phone() ? 1 : 0);
        if (auto known = Identifier::parse(reached.value_or(""))) other = std::move(*known);
    }
    const std::string other_name = other ? other->str() : "beside " + asked.str();
    Standing standing{.asked = channel_of(asked, asked.str()), .other = channel_of(other, other_name)};
    std::vector<std::string> names = standing.asked.names;
    names.insert(names.end(), standing.other.names.begin(), standing.other.names.end());
    const db::Rows guesses = co_await session.query(read_guesses, day_of(now), std::move(names));
    for (std::size_t i = 0; i < guesses.size(); ++i) {
        add(standing.asked, guesses[i]);
        add(standing.other, guesses[i]);
    }
    co_return standing;
}

Task<bool> GuessLimits::charge(db::Session& session, Standing standing, Instant now) {
    const Channel& charged = standing.open();
    const Channel& beside = standing.detoured() ? standing.asked : standing.other;
    const int wrong_beside = beside.closed ? 0 : beside.wrong;  // a closed channel has used up its twenty
    const db::Rows rows =
        co_await session.query(count_guess, day_of(now), charged.names.front(), wrong_beside + charged.wrong_elsewhere,
                               std::int32_t{wrong_codes_a_day});
    co_return rows[0].get<bool>(0);
}

void GuessLimits::forgive(db::Transaction& tx, const Standing& standing, Instant now) {
    tx.defer(uncount_guess, day_of(now), standing.open().names.front());
}

}  // namespace safargo::auth
