#include "features/notifications/letter.hpp"

#include "contract/described.hpp"
#include "contract/json.hpp"

#include <stdexcept>

namespace safargo::notifications {
namespace {

// A stored message is read back by this process or a newer one: fields may be added, not renamed.
struct Waiting {
    Text<254> to;
    Text<64> template_name;
    Text<2> language;
    contract::List<Text<500, 0>, 0, 8> parameters;
    std::optional<Instant> written_at;
    std::optional<UserId> reader;
    std::optional<SubjectId> subject;
    std::optional<Instant> not_after;
};
BOOST_DESCRIBE_STRUCT(Waiting, (), (to, template_name, language, parameters, written_at, reader, subject, not_after))

struct Outgoing {
    std::string to, template_name, language;
    std::vector<std::string> parameters;
    std::optional<Instant> written_at;
    std::optional<UserId> reader;
    std::optional<SubjectId> subject;
    std::optional<Instant> not_after;
};
BOOST_DESCRIBE_STRUCT(Outgoing, (), (to, template_name, language, parameters, written_at, reader, subject, not_after))

}  // namespace

std::string seal(const crypto::PurposeKeys& keys, const Letter& letter) {
    const Outgoing outgoing{.to = letter.to,
                            .template_name = letter.template_name,
                            .language = std::string(code(letter.language)),
                            .parameters = letter.parameters,
                            .written_at = letter.written_at,
                            .reader = letter.reader,
                            .subject = letter.subject,
                            .not_after = letter.not_after};
    return crypto::base64url(keys.seal(contract::to_json(outgoing)));
}

Letter open(const crypto::PurposeKeys& keys, std::string_view payload) {
    const auto sealed = crypto::from_base64url(payload);
    const auto opened = sealed ? keys.open(*sealed) : std::nullopt;
    if (!opened)
        throw std::runtime_error(
            "a waiting message cannot be opened: was JWT_SECRET replaced without JWT_SECRET_PREVIOUS?");
    const auto waiting = contract::parse_json<Waiting>(*opened);
    if (!waiting) throw std::runtime_error("unreadable payload of a queued message");
    Letter letter{.to = waiting->to.str(),
                  .template_name = waiting->template_name.str(),
                  .language = negotiate_language(waiting->language.str()),
                  .parameters = {},
                  .written_at = waiting->written_at,
                  .reader = waiting->reader,
                  .subject = waiting->subject,
                  .not_after = waiting->not_after};
    for (const auto& parameter : waiting->parameters) letter.parameters.push_back(parameter.str());
    return letter;
}

std::string pseudonym(const crypto::Key& key, std::string_view to) {
    return crypto::hex(crypto::view(crypto::hmac_sha256(key, to)).substr(0, 8));
}

}  // namespace safargo::notifications
