// A Twilio that takes nothing but what its own description allows (spec/messages.json), and answers with its examples.
#pragma once

#include "adapters/twilio/account.hpp"
#include "core/clock.hpp"
#include "testing/http_double.hpp"

#include <boost/json/value.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace safargo::twilio {

using Fields = std::map<std::string, std::string, std::less<>>;

class TwilioDouble {
public:
    struct Sms {
        std::string sid;
        Fields fields;
        std::string status = "queued";
        std::int64_t error_code = 0;
        Instant created_at{};
    };
    // How the next attempt to send ends. A message that is taken may still get no answer.
    struct Fate {
        testing::Answer answer;
        bool takes = false;
    };

    explicit TwilioDouble(const Clock& clock);

    Account account() const;
    std::string url() const { return server_.url(); }
    void next(Fate fate) { fates_.push_back(std::move(fate)); }
    void refuse(int status, std::int64_t code);  // the next attempt
    void list_badly(testing::Answer answer) { bad_lists_.push_back(std::move(answer)); }
    Sms& keep(Fields fields);  // as if it had been sent
    void stop() { server_.stop(); }

    const std::vector<testing::Asked>& asked() const { return server_.asked(); }
    std::vector<Sms> messages;            // oldest first
    std::vector<std::string> objections;  // to our requests; none if they keep to the description

private:
    testing::Answer answer(const testing::Asked& asked);
    testing::Answer create(const testing::Asked& asked);
    testing::Answer list(const Fields& query);
    std::string json_of(const Sms& sms) const;
    void check_create(const testing::Asked& asked, const Fields& form);
    void check_field(const std::string& name, const std::string& value, const boost::json::value& schema);
    void object(std::string what) { objections.push_back(std::move(what)); }
    const boost::json::value& operation(const char* method) const;

    const Clock& clock_;
    boost::json::value spec_;
    std::deque<Fate> fates_;
    std::deque<testing::Answer> bad_lists_;
    testing::HttpDouble server_;
};

}  // namespace safargo::twilio
