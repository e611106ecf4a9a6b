// An index in memory, for tests of what keeps and asks one; it can be made to fail.
#pragma once

#include "core/failures.hpp"
#include "ports/place_search.hpp"

#include <functional>
#include <map>
#include <string>
#include <utility>

namespace safargo::places {

class IndexDouble final : public PlaceIndex {
public:
    using Documents = std::map<std::pair<NamedKind, std::string>, PlaceDocument>;

    // Answers every search with these.
    std::vector<PlaceHit> hits{};
    int searches = 0, writes = 0, removals = 0, rebuilds = 0, abandoned = 0;
    enum class Fault { none, unavailable, slow } fault = Fault::none;
    std::optional<Documents> present{};  // nothing: no index
    bool refuses_documents = false;      // while it is rebuilt
    bool forgets = false;                // that a rebuild has finished

    Task<std::vector<PlaceHit>> find(PlaceSearchQuery) override {
        ++searches;
        fail_if_wanted();
        co_return hits;
    }
    Task<std::vector<PlaceHit>> find_described(PlaceSearchQuery) override {
        ++searches;
        fail_if_wanted();
        co_return std::vector<PlaceHit>{};
    }
    Task<void> check() override {
        fail_if_wanted();
        co_return;
    }
    Task<void> write(std::vector<PlaceDocument> documents) override {
        ++writes;
        fail_if_wanted();
        for (PlaceDocument& document : documents) put(present.value(), std::move(document));
        co_return;
    }
    Task<void> remove(std::vector<PlaceMark> marks) override {
        ++removals;
        fail_if_wanted();
        for (const PlaceMark& mark : marks) {
            const auto found = present.value().find({mark.kind, mark.code});
            if (found != present->end() && found->second.version <= mark.version) present->erase(found);
        }
        co_return;
    }
    Task<std::optional<std::vector<PlaceMark>>> marks() override {
        fail_if_wanted();
        if (!present) co_return std::nullopt;
        std::vector<PlaceMark> all;
        for (const auto& [key, document] : *present) all.push_back({key.first, key.second, document.version});
        co_return all;
    }
    Task<std::string> begin_rebuild() override {
        fail_if_wanted();
        ++rebuilds;
        fresh_.clear();
        co_return "fresh";
    }
    Task<void> fill(std::string, std::vector<PlaceDocument> documents) override {
        fail_if_wanted();
        if (refuses_documents) throw DependencyUnavailable("opensearch", "a document was refused");
        for (PlaceDocument& document : documents) put(fresh_, std::move(document));
        if (while_filling) std::exchange(while_filling, nullptr)();
        co_return;
    }
    Task<void> finish_rebuild(std::string) override {
        fail_if_wanted();
        if (!forgets) present = fresh_;
        co_return;
    }
    Task<void> abandon_rebuild(std::string) override {
        ++abandoned;
        fail_if_wanted();
        fresh_.clear();
        co_return;
    }

    std::function<void()> while_filling{};  // called once, after the first part

private:
    void fail_if_wanted() const {
        if (fault == Fault::unavailable) throw DependencyUnavailable("opensearch", "test");
        if (fault == Fault::slow) throw DeadlineExceeded("opensearch");
    }
    static void put(Documents& documents, PlaceDocument document) {
        auto& place = documents[{document.kind, document.code}];
        if (place.version <= document.version) place = std::move(document);
    }

    Documents fresh_;
};

}  // namespace safargo::places
