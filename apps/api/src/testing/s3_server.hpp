// A real S3 server for tests: the one in SAFARGO_TEST_S3_HOME (./safargo test starts it), or else one that this process
// starts with scripts/systems/s3.sh and ends when it exits.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace safargo::testing {

struct S3Server {
    std::string home;  // its folder
    std::string region, endpoint;
    std::string access_key_id, secret_access_key;
};

// The same server for all tests of the process, so that each uses keys of its own. Null if Ceph is not installed: skip
// the test by name, with why_no_s3_server(). Throws if it is installed and does not start.
const S3Server* s3_server();
const std::string& why_no_s3_server();

// Another gateway to the same objects, for a test that stops it. Starts at once and ends with this object.
class S3Gateway {
public:
    // `settings`: further options of radosgw, "--rgw-…=…".
    explicit S3Gateway(const S3Server& server, std::vector<std::string> settings = {});
    ~S3Gateway();
    S3Gateway(const S3Gateway&) = delete;
    S3Gateway& operator=(const S3Gateway&) = delete;

    std::uint16_t port() const { return port_; }
    std::string endpoint() const;

    void freeze() const;  // answers nothing, closes nothing
    void thaw() const;
    void kill();
    void start();  // again, on the same port; returns once it listens

private:
    std::string home_;
    std::vector<std::string> settings_;
    std::uint16_t port_;
    pid_t pid_ = 0;
};

}  // namespace safargo::testing
