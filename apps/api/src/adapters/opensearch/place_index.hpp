// The index of places on an OpenSearch node or cluster. Searches and checks tell the status, which all threads share;
// while it says down, searches fail at once, so that only the checks wait.
#pragma once

#include "adapters/opensearch/endpoint.hpp"
#include "adapters/opensearch/index_layout.hpp"
#include "net/client.hpp"
#include "net/vendor_status.hpp"
#include "ports/place_search.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace safargo::opensearch {

struct Patience {
    std::chrono::milliseconds search{500};  // PostgreSQL answers after that
    std::chrono::milliseconds work{5'000};  // one request of a rebuild or a change
};

class OpenSearchPlaces final : public PlaceIndex {
public:
    // For one thread; the status is shared by all, and must outlive it.
    OpenSearchPlaces(boost::asio::any_io_executor executor, net::ClientOptions options, Endpoint endpoint,
                     net::VendorStatus& status, Patience patience = {}, IndexNames names = {});

    Task<std::vector<PlaceHit>> find(PlaceSearchQuery query) override;
    Task<std::vector<PlaceHit>> find_described(PlaceSearchQuery query) override;

    Task<void> check() override;
    Task<void> write(std::vector<PlaceDocument> documents) override;
    Task<void> remove(std::vector<PlaceMark> marks) override;
    Task<std::optional<std::vector<PlaceMark>>> marks() override;

    Task<std::string> begin_rebuild() override;
    Task<void> fill(std::string rebuild, std::vector<PlaceDocument> documents) override;
    Task<void> finish_rebuild(std::string rebuild) override;
    Task<void> abandon_rebuild(std::string rebuild) override;

private:
    struct Call {
        const char* operation;
        const char* method;
        std::string path;
        std::string body{};
        std::chrono::milliseconds patience;
        bool may_be_absent = false;  // 404 is an answer
    };
    void require_up() const;  // throws DependencyUnavailable
    // Throws what a client throws, and DependencyUnavailable for every status but 2xx.
    Task<net::Response> send(Call call) { return send_by(client_, std::move(call)); }
    Task<net::Response> send_by(net::Client& client, Call call);
    Task<std::vector<PlaceHit>> search(const char* operation, std::string body, std::size_t most);
    Task<void> send_bulk(const char* operation, std::string alias, std::string lines, std::size_t count);
    Task<std::vector<std::int64_t>> index_numbers();  // in order

    boost::asio::any_io_executor executor_;
    net::ClientOptions options_;
    net::Client client_;
    // Of the checks: made anew after a failure, so that no open circuit hides that the system is back.
    std::shared_ptr<net::Client> probe_;
    Endpoint endpoint_;
    net::VendorStatus& status_;
    Patience patience_;
    IndexNames names_;
};

}  // namespace safargo::opensearch
