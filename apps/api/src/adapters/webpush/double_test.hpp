// A browser and its push service: takes nothing but what RFC 8030, 8188, 8291 and 8292 allow, and reads messages as the
// browser does.
#pragma once

#include "adapters/webpush/encryption.hpp"
#include "core/time.hpp"
#include "testing/http_double.hpp"

#include <deque>
#include <string>
#include <vector>

namespace safargo::webpush {

class BrowserDouble {
public:
    explicit BrowserDouble(Instant now);

    std::string endpoint() const { return server_.url() + "/wpush/v2/gAAAAABl"; }
    Browser browser() const { return {key_.public_point(), secret_}; }
    void next(testing::Answer answer) { answers_.push_back(std::move(answer)); }
    void stop() { server_.stop(); }
    const std::vector<testing::Asked>& asked() const { return server_.asked(); }

    std::vector<std::string> messages;    // taken, as the browser reads them
    std::vector<std::string> objections;  // none if requests keep to the standards

private:
    testing::Answer answer(const testing::Asked& asked);
    void check_authorization(const testing::Asked& asked);
    std::string decrypt(std::string_view body);
    void object(std::string what) { objections.push_back(std::move(what)); }

    Instant now_;
    crypto::P256PrivateKey key_ = crypto::P256PrivateKey::generate();
    std::string secret_ = "sixteen bytes of";
    std::deque<testing::Answer> answers_;
    testing::HttpDouble server_;
};

}  // namespace safargo::webpush
