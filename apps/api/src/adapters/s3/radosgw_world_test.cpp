#include "adapters/s3/radosgw_world_test.hpp"

#include "adapters/s3/xml.hpp"
#include "core/percent_encoding.hpp"

#include <stdexcept>

namespace safargo::s3 {
namespace {

constexpr const char* may_ask =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sts:GetSessionToken"],"Resource":["*"]}]})";

std::string ask(RadosgwStore& parts, const std::string& form) {
    Target target = Addresses("", testing::s3_server()->endpoint).bucket("POST", "");
    const net::Response response =
        testing::run(parts.calls.send({.operation = "test",
                                       .target = target,
                                       .headers = {{"content-type", "application/x-www-form-urlencoded"}},
                                       .body = form}));
    if (response.status != 200) throw std::runtime_error("no temporary keys: " + error_code(response));
    return response.body;
}

}  // namespace

CredentialsOptions temporary_keys(const testing::S3Server& server) {
    RadosgwStore parts(options_of(server), keys_of(server));
    ask(parts, "Action=PutUserPolicy&Version=2010-05-08&UserName=safargo&PolicyName=sts&PolicyDocument=" +
                   percent_encode(may_ask));
    const std::string xml = ask(parts, "Action=GetSessionToken&DurationSeconds=900&Version=2011-06-15");
    const auto part = [&xml](const std::string& name) {
        return text_at(xml, "GetSessionTokenResponse/GetSessionTokenResult/Credentials/" + name);
    };
    return {.access_key_id = part("AccessKeyId"),
            .secret_access_key = part("SecretAccessKey"),
            .session_token = part("SessionToken")};
}

}  // namespace safargo::s3
