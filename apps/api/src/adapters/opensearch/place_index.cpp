#include "adapters/opensearch/place_index.hpp"

#include "adapters/opensearch/answers.hpp"
#include "adapters/opensearch/requests.hpp"
#include "core/failures.hpp"

#include <algorithm>
#include <charconv>

namespace safargo::opensearch {
namespace {

constexpr const char* vendor = "opensearch";
constexpr std::size_t marks_per_call = 2'000;
constexpr std::size_t most_marks = 100'000;
constexpr std::size_t most_indexes = 10;  // each of them is a shard, of which a node takes a thousand
constexpr std::size_t longest_answer = std::size_t{2} << 20;  // bytes

std::string path_to(std::string_view index, std::string_view action) {
    return std::string("/").append(index).append(action);
}

DependencyUnavailable unavailable(const char* why) {
    return {vendor, why};
}

const char* reason_of(int status) {
    if (status == 401 || status == 403) return "it refuses our user or password";
    if (status == 404) return "it has no index";
    if (status == 429) return "it has too much to do";
    return status < 500 ? "it refuses the request" : "it failed";
}

// What a reading of its answer gives; an unreadable one is a failure of the system.
template <class Read>
auto read(Read reading) {
    try {
        return reading();
    } catch (const BadAnswer& bad) {
        throw DependencyUnavailable(vendor, bad.what());
    }
}

std::int64_t number_of(const std::string& rebuild) {
    std::int64_t number = 0;
    std::from_chars(rebuild.data(), rebuild.data() + rebuild.size(), number);
    return number;
}

}  // namespace

OpenSearchPlaces::OpenSearchPlaces(boost::asio::any_io_executor executor, net::ClientOptions options, Endpoint endpoint,
                                   net::VendorStatus& status, Patience patience, IndexNames names)
    : executor_(executor),
      options_(options),
      client_(std::move(executor), std::move(options)),
      endpoint_(std::move(endpoint)),
      status_(status),
      patience_(patience),
      names_(std::move(names)) {}

Task<net::Response> OpenSearchPlaces::send_by(net::Client& client, Call call) {
    net::Request request{.vendor = vendor,
                         .operation = call.operation,
                         .method = call.method,
                         .url = endpoint_.base + call.path,
                         .headers = {{"Accept", "application/json"}},
                         .body = std::move(call.body),
                         .repeatable = true,  // versions make the second time harmless
                         .max_answer = longest_answer,
                         .deadline = std::chrono::steady_clock::now() + call.patience};
    if (!endpoint_.authorization.empty()) request.headers.emplace_back("Authorization", endpoint_.authorization);
    if (!request.body.empty()) request.headers.emplace_back("Content-Type", "application/json");
    net::Response response = co_await client.send(std::move(request));
    const bool good = response.status / 100 == 2 || (response.status == 404 && call.may_be_absent);
    if (!good) throw unavailable(reason_of(response.status));
    co_return response;
}

Task<std::vector<PlaceHit>> OpenSearchPlaces::search(const char* operation, std::string body, std::size_t most) {
    const net::Response response = co_await send({.operation = operation,
                                                  .method = "POST",
                                                  .path = path_to(names_.alias, "/_search"),
                                                  .body = std::move(body),
                                                  .patience = patience_.search});
    co_return read([&] { return read_hits(response.body, most); });
}

// While it is down nobody waits for it: check() finds out when it is back.
void OpenSearchPlaces::require_up() const {
    if (!status_.up()) throw unavailable("it did not answer the last time");
}

Task<std::vector<PlaceHit>> OpenSearchPlaces::find(PlaceSearchQuery query) {
    require_up();
    std::optional<std::string> body = search_by_name(query);
    if (!body) co_return std::vector<PlaceHit>{};
    co_return co_await net::watched(status_, search("find", std::move(*body), query.limit));
}

Task<std::vector<PlaceHit>> OpenSearchPlaces::find_described(PlaceSearchQuery query) {
    require_up();
    co_return co_await net::watched(status_, search("find_described", search_by_description(query), query.limit));
}

Task<void> OpenSearchPlaces::check() {
    if (!probe_) probe_ = std::make_shared<net::Client>(executor_, options_);
    const std::shared_ptr<net::Client> probe = probe_;
    try {
        co_await net::watched(status_, send_by(*probe, {.operation = "check",
                                                        .method = "GET",
                                                        .path = path_to(names_.alias, "/_count"),
                                                        .patience = patience_.search}));
    } catch (...) {
        probe_.reset();
        throw;
    }
}

Task<void> OpenSearchPlaces::send_bulk(const char* operation, std::string alias, std::string lines, std::size_t count) {
    const net::Response response = co_await send({.operation = operation,
                                                  .method = "POST",
                                                  .path = path_to(alias, "/_bulk?require_alias=true"),
                                                  .body = std::move(lines),
                                                  .patience = patience_.work});
    read([&] { check_bulk(response.body, count); });
}

Task<void> OpenSearchPlaces::write(std::vector<PlaceDocument> documents) {
    if (documents.empty()) co_return;
    co_await send_bulk("write", names_.alias, bulk_of(documents), documents.size());
}

Task<void> OpenSearchPlaces::remove(std::vector<PlaceMark> marks) {
    if (marks.empty()) co_return;
    co_await send_bulk("remove", names_.alias, bulk_removal_of(marks), marks.size());
}

Task<std::optional<std::vector<PlaceMark>>> OpenSearchPlaces::marks() {
    const net::Response mapping = co_await send({.operation = "layout",
                                                 .method = "GET",
                                                 .path = path_to(names_.alias, "/_mapping"),
                                                 .patience = patience_.work,
                                                 .may_be_absent = true});
    if (mapping.status == 404) co_return std::nullopt;
    if (read([&] { return read_layout(mapping.body); }) < layout_version) co_return std::nullopt;
    // Documents written a moment ago are seen, too.
    co_await send({.operation = "refresh",
                   .method = "POST",
                   .path = path_to(names_.alias, "/_refresh"),
                   .patience = patience_.work});
    std::vector<PlaceMark> all;
    std::optional<std::string> after;
    for (;;) {
        const net::Response page = co_await send({.operation = "list",
                                                  .method = "POST",
                                                  .path = path_to(names_.alias, "/_search"),
                                                  .body = list_marks(marks_per_call, after),
                                                  .patience = patience_.work});
        const auto marks = read([&] { return read_marks(page.body, marks_per_call); });
        all.insert(all.end(), marks.begin(), marks.end());
        if (marks.size() < marks_per_call) co_return all;
        if (all.size() > most_marks) throw unavailable("its index is too large");
        after = document_id(marks.back().kind, marks.back().code);
    }
}

Task<std::vector<std::int64_t>> OpenSearchPlaces::index_numbers() {
    const net::Response list = co_await send({.operation = "list_indexes",
                                              .method = "GET",
                                              .path = "/_cat/indices/" + names_.all() + "?format=json&h=index",
                                              .patience = patience_.work});
    std::vector<std::int64_t> numbers;
    for (const std::string& name : read([&] { return read_index_names(list.body); }))
        if (const auto number = names_.number_of(name)) numbers.push_back(*number);
    std::ranges::sort(numbers);
    co_return numbers;
}

// Two rebuilds at once want the same number, which only one gets. Those that broke off stay until one succeeds.
Task<std::string> OpenSearchPlaces::begin_rebuild() {
    const std::vector<std::int64_t> present = co_await index_numbers();
    if (present.size() >= most_indexes) throw unavailable("too many of its rebuilds have failed: remove their indexes");
    const std::int64_t number = present.empty() ? 1 : present.back() + 1;
    co_await send({.operation = "create",
                   .method = "PUT",
                   .path = path_to(names_.index(number), ""),
                   .body = definition(names_.building(number)),
                   .patience = patience_.work});
    co_return std::to_string(number);
}

Task<void> OpenSearchPlaces::fill(std::string rebuild, std::vector<PlaceDocument> documents) {
    if (documents.empty()) co_return;
    co_await send_bulk("fill", names_.building(number_of(rebuild)), bulk_of(documents), documents.size());
}

// A later rebuild that has finished removed this one's index, so that this fails and changes nothing.
Task<void> OpenSearchPlaces::finish_rebuild(std::string rebuild) {
    const std::int64_t number = number_of(rebuild);
    co_await send({.operation = "refresh",
                   .method = "POST",
                   .path = path_to(names_.index(number), "/_refresh"),
                   .patience = patience_.work});
    std::vector<std::int64_t> older = co_await index_numbers();
    std::erase_if(older, [number](std::int64_t other) { return other >= number; });
    co_await send({.operation = "switch",
                   .method = "POST",
                   .path = "/_aliases",
                   .body = switch_alias(names_, number, older),
                   .patience = patience_.work});
}

Task<void> OpenSearchPlaces::abandon_rebuild(std::string rebuild) {
    co_await send({.operation = "abandon",
                   .method = "DELETE",
                   .path = path_to(names_.index(number_of(rebuild)), ""),
                   .patience = patience_.work,
                   .may_be_absent = true});
}

}  // namespace safargo::opensearch
