// A SendGrid that takes nothing but what its own description allows (spec/mail_send.json).
#pragma once

#include "adapters/sendgrid/account.hpp"
#include "testing/http_double.hpp"

#include <boost/json/value.hpp>

#include <deque>
#include <string>
#include <vector>

namespace safargo::sendgrid {

class SendGridDouble {
public:
    SendGridDouble();

    Account account() const;
    void next(testing::Answer answer) { answers_.push_back(std::move(answer)); }
    void stop() { server_.stop(); }

    std::vector<boost::json::value> mails;  // taken; without an answer of next() all are
    std::vector<std::string> objections;    // to our requests; none if they keep to the description

private:
    testing::Answer answer(const testing::Asked& asked);
    void check(const boost::json::value& value, const boost::json::value& schema, const std::string& where);
    void check_object(const boost::json::object& object, const boost::json::object& schema, const std::string& where);
    void check_array(const boost::json::array& array, const boost::json::object& schema, const std::string& where);
    void object(std::string what) { objections.push_back(std::move(what)); }

    boost::json::value spec_;
    std::deque<testing::Answer> answers_;
    testing::HttpDouble server_;
};

}  // namespace safargo::sendgrid
