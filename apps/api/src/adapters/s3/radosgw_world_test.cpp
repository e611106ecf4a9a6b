#include "adapters/s3/radosgw_world_test.hpp"

#include "adapters/s3/xml.hpp"

#include <stdexcept>

namespace safargo::s3 {

TemporaryKeys::TemporaryKeys()
    : gateway(*testing::s3_server(), {"--rgw-s3-auth-use-sts=true", "--rgw-sts-key=sixteen-bytes-ok"}) {
    RadosgwStore parts(options(), keys_of(*testing::s3_server()));
    Target target = Addresses(options().region, gateway.endpoint()).bucket("POST", "");
    const net::Response response =
        testing::run(parts.calls.send({.operation = "get_session_token",
                                       .target = target,
                                       .headers = {{"content-type", "application/x-www-form-urlencoded"}},
                                       .body = "Action=GetSessionToken&DurationSeconds=900&Version=2011-06-15"}));
    if (response.status != 200) throw std::runtime_error("no temporary keys: " + error_code(response));
    const auto part = [&response](const std::string& name) {
        return text_at(response.body, "GetSessionTokenResponse/GetSessionTokenResult/Credentials/" + name);
    };
    keys = {.access_key_id = part("AccessKeyId"),
            .secret_access_key = part("SecretAccessKey"),
            .session_token = part("SessionToken")};
}

StoreOptions TemporaryKeys::options() const {
    StoreOptions options = options_of(*testing::s3_server());
    options.endpoint = gateway.endpoint();
    return options;
}

}  // namespace safargo::s3
